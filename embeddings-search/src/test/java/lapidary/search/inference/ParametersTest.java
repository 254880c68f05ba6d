package lapidary.search.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class ParametersTest {
  @Test
  void aParameterSaysWhatItsNameMeans() {
    Parameters parameters = Parameters.of(
        Map.of("binary_data", true, "binary_data_size", 12L, "classification", 3, "other", "x"));
    assertThat(parameters.flag("binary_data")).contains(true);
    assertThat(parameters.flag("binary_data_output")).isEmpty();
    assertThat(parameters.size("binary_data_size")).hasValue(12);
    assertThat(RequestedOutput.of("y", parameters)).isEqualTo(new RequestedOutput("y", 3));
    assertThatThrownBy(() -> parameters.flag("other"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("parameter other is \"x\"; give true or false");
    assertThatThrownBy(
            () -> Parameters.of(Map.of("binary_data_size", -1L)).size("binary_data_size"))
        .hasMessageContaining("give a whole number, 0 or more");
  }

  @Test
  void whatIsNotDoneIsRefusedAndWhatIsUnknownIsNot() {
    Parameters shared = Parameters.of(Map.of("shared_memory_region", "region"));
    assertThatThrownBy(() -> RequestedOutput.of("y", shared))
        .hasMessageContaining("output \"y\" is in shared memory");
    assertThatThrownBy(() -> Parameters.of(Map.of("sequence_id", "a")).requireNoSequence())
        .hasMessageContaining("omit sequence_id");
    assertThatCode(() -> {
          Parameters.of(Map.of("sequence_id", 0L, "priority", 5L)).requireNoSequence();
          Parameters.NONE.requireNoSharedMemory("input \"x\"");
        })
        .doesNotThrowAnyException();
  }
}
