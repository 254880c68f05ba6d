package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ColumnInputTest {
  @Test
  void aMissingCategoryHasItsOwnRowOnlyIfTheVocabularyHasIt() {
    CategoryInput with = new CategoryInput("c", IdVocabulary.inRowOrder(List.of("", "a")));
    CategoryInput without = new CategoryInput("c", IdVocabulary.inRowOrder(List.of("a", "b")));
    assertThat(List.of(with.row(""), with.row("?"), with.row("a"), with.row("b")))
        .containsExactly(1, 1, 2, 0);
    assertThat(List.of(without.row(""), without.row("?"), without.row("b")))
        .containsExactly(0, 0, 2);
    assertThat(List.of(with.label(0), with.label(1), with.label(2)))
        .containsExactly("(unknown)", "(missing)", "a");
  }

  @Test
  void numbersAreParsedExactly() {
    for (String cell : List.of("0", "7", "9999999", "16777217", "-3", "+4", "1e3", "0.1", "007")) {
      assertThat(CellForm.PLAIN.number(cell)).as(cell).isEqualTo(Float.parseFloat(cell));
    }
    assertThat(CellForm.PLAIN.number("?")).isNaN();
    assertThat(CellForm.PLAIN.number("")).isNaN();
    for (String cell :
        List.of("NaN", "Infinity", "1,5", "x", "1 2", "-", "1e99", "2D", "3f", "0x1p3")) {
      assertThatThrownBy(() -> CellForm.PLAIN.number(cell))
          .as(cell)
          .isInstanceOf(NumberFormatException.class);
    }
  }

  @Test
  void partsOfADateAreThoseOfTheCalendar() {
    LocalDate date = LocalDate.of(2016, 2, 29);
    assertThat(java.util.Arrays.stream(DatePart.values()).map(part -> part.of(date)))
        .containsExactly(2016, 2, 9, 29, 1, 60, 0, 1, 0, 0, 0, 0);
    assertThat(DatePart.QUARTER_END.of(LocalDate.of(2015, 9, 30))).isOne();
    assertThat(DatePart.QUARTER_START.of(LocalDate.of(2015, 10, 1))).isOne();
    assertThat(DatePart.WEEK.of(LocalDate.of(2016, 1, 3))).isEqualTo(53);
  }

  @Test
  void aDateIsARowForEachPartAndAnUnknownPartRowZero() {
    DateInput input = new DateInput(
        "d",
        List.of(
            new DateInput.Part(DatePart.YEAR, IdVocabulary.of(List.of("2014", "2015"))),
            new DateInput.Part(DatePart.MONTH, IdVocabulary.of(List.of("7", "2")))));
    assertThat(input.rows(CellForm.PLAIN.day("2015-07-31"))).containsExactly(2, 2);
    assertThat(input.rows(CellForm.PLAIN.day("2016-02-01"))).containsExactly(0, 1);
    assertThat(input.rows(CellForm.PLAIN.day("?"))).containsExactly(0, 0);
    assertThatThrownBy(() -> CellForm.PLAIN.day("31.7.2015"))
        .isInstanceOf(java.time.DateTimeException.class);
  }

  @Test
  void aTabularDescriptionSurvivesItsJson() {
    Tabular tabular = new Tabular(
        List.of(
            new Tabular.Column(List.of(Tabular.Embedding.of("c", 43)), 0),
            new Tabular.Column(List.of(), 2)),
        Tabular.Hidden.DEFAULT,
        new Tabular.Answer(
            "y", 0, new Tabular.Scale(true, 8.5, .4, java.util.Optional.of(new Range(1, 9)))));
    ModelDescription description = new ModelDescription(
        tabular,
        Task.REGRESSION,
        Labels.NONE,
        new Signature(
            List.of(
                new CategoryInput("c", IdVocabulary.of(List.of("a", ""))),
                new NumberInput("n", 1, 2, 3, true),
                new DateInput(
                    "d",
                    List.of(new DateInput.Part(DatePart.WEEK, IdVocabulary.of(List.of("7")))))),
            List.of(Output.of(Output.PREDICTION, 1))),
        Provenance.of(
            new DataSource("d", "0", "none"), 0, java.util.Map.of(), java.util.Map.of(), ""),
        ModelDescription.Evidence.NONE);
    assertThat(DescriptionCodec.fromJson(DescriptionCodec.toJson(description), "test"))
        .isEqualTo(description);
  }

  @Test
  void embeddingsHaveTheDocumentedWidth() {
    assertThat(Tabular.Embedding.of("c", 10).width()).isEqualTo(6);
    assertThat(Tabular.Embedding.of("c", 43).width()).isEqualTo(13);
    assertThat(Tabular.Embedding.of("c", 1_000_000).width()).isEqualTo(600);
  }

  @Test
  void aLogTargetComesBackInItsOwnUnit() {
    Tabular.Scale scale = new Tabular.Scale(true, 8.5, .4, java.util.Optional.empty());
    assertThat(scale.toNetwork(Math.exp(8.9))).isCloseTo(1, within(1e-12));
    assertThat(scale.fromNetwork(scale.toNetwork(5913))).isCloseTo(5913, within(1e-9));
  }
}
