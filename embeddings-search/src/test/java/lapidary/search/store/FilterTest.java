package lapidary.search.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;

final class FilterTest {
  private static Filter any(int count) {
    return Filter.any(
        IntStream.range(0, count).mapToObj(i -> Filter.label("l" + i)).toArray(Filter[]::new));
  }

  @Test
  void aFilterHasAtMostAThousandConditions() {
    assertThatCode(() -> any(1_000).bounded()).doesNotThrowAnyException();
    assertThatThrownBy(() -> any(1_001).bounded())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the filter has 1001 conditions; give at most 1000, or mark the items by an"
            + " attribute and filter by that");
    assertThatThrownBy(() -> Filter.all(any(600), Filter.not(any(600))).bounded())
        .hasMessageContaining("1200 conditions");
  }

  @Test
  void whatAsksForNothingIsAConditionToo() {
    Filter[] nothing = new Filter[1_001];
    java.util.Arrays.fill(nothing, Filter.everything());
    assertThatThrownBy(() -> Filter.any(nothing).bounded()).hasMessageContaining("1001 conditions");
  }

  @Test
  void boundsAreNumbersOrDates() {
    Bounds one = Bounds.none().with("gte", AttributeValue.of(1990));
    assertThatThrownBy(() -> one.with("lt", AttributeValue.of("2000-01-01")).of("year"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bounds of different kinds; give numbers only or dates only");
    assertThatThrownBy(() -> Bounds.none().with("lt", AttributeValue.of("soon")).of("day"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("lt of day is \"soon\"; give a number or a date, such as 2026-11-27 or"
            + " 2026-11-27T09:30:00Z");
    assertThatThrownBy(() -> Bounds.none().with("lt", AttributeValue.of(true)).of("day"))
        .isInstanceOf(InvalidInputException.class);
    assertThatThrownBy(() -> Bounds.none().of("day")).hasMessageContaining("has no bounds");
  }

  @Test
  void numbersAreKeptWholeOrRefused() {
    long last = 1L << 53;
    assertThat(AttributeValue.of(last).json()).isEqualTo(last);
    assertThat(AttributeValue.of(-0.).json()).isEqualTo(0L);
    assertThat(AttributeValue.of(.1).json()).isEqualTo(.1);
    assertThat(AttributeValue.of(BigInteger.TEN.pow(22)).json()).isEqualTo(1e22);
    assertThatThrownBy(() -> AttributeValue.of(last + 1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("the number 9007199254740993 has more digits than are kept (whole numbers up to"
            + " 2^53); give it as a text");
    assertThatThrownBy(() -> AttributeValue.of(Double.NaN)).hasMessageContaining("is NaN");
    assertThatThrownBy(() -> AttributeValue.of(BigInteger.TEN.pow(400)))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void anItemHasSoManyValues() {
    List<AttributeValue.Single> many = IntStream.range(0, AttributeValue.MAX_VALUES + 1)
        .<AttributeValue.Single>mapToObj(AttributeValue::of)
        .toList();
    assertThatThrownBy(() -> AttributeValue.of(many)).hasMessageContaining("at most 256");
    AttributeValue long4000 = AttributeValue.of(List.of(AttributeValue.of("x".repeat(4_000))));
    Map<String, AttributeValue> all = new java.util.TreeMap<>();
    IntStream.range(0, 17).forEach(i -> all.put("a" + i, long4000));
    assertThatThrownBy(() -> new Item("x", "", all)).hasMessageContaining("give at most 256 of");
  }
}
