package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class IdVocabularyTest {
  @Test
  void idsAreIntegersOnlyIfAllAreWrittenSo() {
    IdVocabulary numbers = IdVocabulary.of(List.of("10", "9", "-3", "10", "0"));
    assertThat(numbers.integers()).isTrue();
    assertThat(numbers.ids()).containsExactly("-3", "0", "9", "10");
    assertThat(numbers.rows()).isEqualTo(5);
    assertThat(numbers.row("-3")).isEqualTo(1);
    assertThat(numbers.row("11")).isEqualTo(IdVocabulary.UNKNOWN);
    assertThat(numbers.contains("9")).isTrue();
    assertThat(numbers.contains("09")).isFalse();
    assertThat(numbers.id(4)).isEqualTo("10");
    for (String text : List.of("007", "+1", "a", "1.0", "99999999999999999999", "-0", "")) {
      IdVocabulary mixed = IdVocabulary.of(Set.of("10", "9", text));
      assertThat(mixed.integers()).as(text).isFalse();
      assertThat(mixed.ids()).isSorted().hasSize(3);
    }
    assertThatThrownBy(() -> IdVocabulary.of(List.of("a")).toLongs())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the ids are text, such as a");
  }

  @Test
  void theWholeRangeOfIntegersIsInOrder() {
    IdVocabulary extremes = IdVocabulary.of(
        List.of("9223372036854775807", "1", "-9223372036854775808", "1234567890123456789"));
    assertThat(extremes.toLongs())
        .containsExactly(Long.MIN_VALUE, 1, 1234567890123456789L, Long.MAX_VALUE);
  }

  @Test
  void theRowsOfATableKeepTheirOrder() {
    IdVocabulary table = IdVocabulary.inRowOrder(List.of("242", "302", "-1"));
    assertThat(table.ids()).containsExactly("242", "302", "-1");
    assertThat(List.of(table.row("242"), table.row("-1"), table.row("9"), table.row("0242")))
        .containsExactly(1, 3, 0, 0);
    assertThat(table)
        .isNotEqualTo(IdVocabulary.of(List.of("242", "302", "-1")))
        .isEqualTo(IdVocabulary.inRowOrder(table.ids()))
        .hasToString("IdVocabulary[3 integers]");
    assertThatThrownBy(() -> IdVocabulary.inRowOrder(List.of("a", "b", "a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("id \"a\" is there twice; give each row an id of its own");
  }

  @Test
  void thereIsAlwaysAnUnknownIdOfTheSameKind() {
    IdVocabulary numbers = IdVocabulary.of(List.of("0", "1", "2", "-7"));
    assertThat(numbers.unknownId()).isEqualTo("3");
    assertThat(numbers.toLong("-7")).isEqualTo(-7);
    assertThat(numbers.toLong("x")).isEqualTo(3);
    IdVocabulary texts = IdVocabulary.of(List.of("unknown0", "a"));
    assertThat(texts.unknownId()).isEqualTo("unknown1");
    assertThatThrownBy(() -> texts.toLong("a")).hasMessageContaining("the ids are text");
  }

  @Test
  void anInputTakesIdsAsTheyAreWritten() {
    assertThat(IdInput.of("item", List.of("1", "7")).type()).isEqualTo(ElementType.INT64);
    assertThat(IdInput.of("item", List.of("1", "007")).type()).isEqualTo(ElementType.STRING);
    assertThat(IdInput.of("item", List.of("1", "007")).ids().row("007")).isEqualTo(2);
    assertThatThrownBy(() -> IdInput.of("item", List.of()))
        .hasMessage("input item has no known ids; give at least one");
  }

  @Test
  void theTwoFilesOfARecommenderHaveTheirSignatures() {
    IdVocabulary users = IdVocabulary.of(List.of("1"));
    IdVocabulary items = IdVocabulary.of(List.of("a", "b"));
    assertThat(Signature.ofRatings(users, items))
        .isEqualTo(new Signature(
            List.of(new IdInput("user", users), new IdInput("item", items)),
            List.of(Output.of("rating", 0))));
    assertThat(Signature.ofItems(items))
        .isEqualTo(new Signature(
            List.of(new IdInput("item", items)),
            List.of(Output.of("embedding", 0), Output.of("bias", 1))));
    assertThat(Signature.ofItems(items).ids("item")).hasValue(new IdInput("item", items));
    assertThat(Signature.ofItems(items).ids("user")).isEmpty();
  }
}
