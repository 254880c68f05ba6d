package lapidary.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The engine keeps the setting on a CPU too, where it means nothing. */
@DisabledOnOs(OS.WINDOWS) // its compiler names C++'s functions in another way
final class Tf32Test {
  @BeforeEach
  void load() {
    Engines.version();
  }

  @AfterEach
  void putBack() {
    Engines.multiply(Tf32.USUAL);
  }

  @Test
  void pytorchComesAsItsDocumentationSays() {
    assertThat(Tf32.USUAL.isSet()).isTrue();
  }

  @Test
  void theEngineKeepsWhatIsChosen() {
    for (Tf32 chosen : new Tf32[] {Tf32.ON, Tf32.OFF, Tf32.USUAL, Tf32.ON}) {
      Engines.multiply(chosen);
      for (Tf32 any : Tf32.values()) {
        assertThat(any.isSet()).as("%s after %s", any, chosen).isEqualTo(any == chosen);
      }
    }
  }
}
