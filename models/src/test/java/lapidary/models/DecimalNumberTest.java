package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalNumberTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "007",
        "+4",
        "-3",
        "3.25",
        "1.",
        ".5",
        "-.5",
        "1e3",
        "1E-3",
        "1.5e+10",
        "16777217",
        "0.1",
        "1e-99",
        "123456789012345678901234567890"
      })
  void decimalNumbersAreThoseOfExactArithmetic(String text) {
    BigDecimal exact = new BigDecimal(text);
    assertThat(DecimalNumber.toDouble(text)).isEqualTo(exact.doubleValue());
    assertThat(DecimalNumber.toFloat(text)).isEqualTo(exact.floatValue());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2D",
        "3d",
        "1f",
        "1F",
        "1.5D",
        "0x10",
        "0x1p3",
        "NaN",
        "+NaN",
        "Infinity",
        "-Infinity",
        "",
        "+",
        "-",
        ".",
        "e3",
        "1e",
        "1e+",
        "1e3.5",
        "--1",
        "1-",
        "1.2.3",
        "1,5",
        "1_000",
        "1 000",
        " 1",
        "1 ",
        "\t1",
        "\u00a01",
        "\u0663",
        "x"
      })
  void whatOnlyJavaCallsANumberIsRefused(String text) {
    assertThatThrownBy(() -> DecimalNumber.toDouble(text))
        .isInstanceOf(NumberFormatException.class);
    assertThatThrownBy(() -> DecimalNumber.toFloat(text)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void numbersBeyondTheTypeAreRefused() {
    assertThat(DecimalNumber.toDouble("1e99")).isEqualTo(1e99);
    assertThatThrownBy(() -> DecimalNumber.toFloat("1e99"))
        .isInstanceOf(NumberFormatException.class)
        .hasMessage("\"1e99\" is too large a number");
    assertThatThrownBy(() -> DecimalNumber.toDouble("-1e999")).hasMessageContaining("too large");
  }
}
