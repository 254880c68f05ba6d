package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class IdInputTest {
  @Test
  void knownIdsCountFromRowOneAndUnknownOnesAreRowZero() {
    IdInput input = IdInput.of("item", List.of("242", "302", "-1"));
    assertThat(input.type()).isEqualTo(ElementType.INT64);
    assertThat(input.rows()).isEqualTo(4);
    assertThat(List.of(input.row("242"), input.row("-1"), input.row("9"), input.row("0242")))
        .containsExactly(1, 3, 0, 0);
  }

  @Test
  void whatWouldNotPrintAsItWasReadIsText() {
    assertThat(IdInput.of("item", List.of("1", "007")).type()).isEqualTo(ElementType.STRING);
    assertThat(IdInput.of("item", List.of("+1")).type()).isEqualTo(ElementType.STRING);
    assertThat(IdInput.of("item", List.of("99999999999999999999")).type())
        .isEqualTo(ElementType.STRING);
  }

  @Test
  void repeatedAndForeignIdsAreRefused() {
    assertThatThrownBy(() -> IdInput.of("user", List.of("a", "b", "a")))
        .hasMessage("input user has id a twice; give each id once");
    assertThatThrownBy(() -> new IdInput("user", ElementType.INT64, List.of("x")))
        .hasMessageContaining("is no whole number");
    assertThatThrownBy(() -> new IdInput("user", ElementType.FLOAT32, List.of()))
        .hasMessageContaining("INT64 or STRING");
  }
}
