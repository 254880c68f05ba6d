package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CellFormTest {
  private static final CellForm COMMAS = CellForm.USUAL.withDecimal(DecimalMark.COMMA);

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "12,50 12.5",
        "-0,25 -0.25",
        "1.234 1234",
        "1.234,5 1234.5",
        "12.345.678 12345678",
        "+1,5e3 1500",
        "7 7",
        ",5 0.5"
      })
  void commasAreBeforeFractionsAndDotsBetweenThousands(String cell, float number) {
    assertThat(COMMAS.number(cell)).isEqualTo(number);
  }

  /** A number with a point in a table of commas must not become a thousand times itself. */
  @ParameterizedTest
  @ValueSource(
      strings = {"0.123", "12.5", "1.23", "1.2345", "1234.567", "1,234.5", "1,5,6", "1..234", "x"})
  void whatIsNotANumberWithACommaIsRefused(String cell) {
    assertThatThrownBy(() -> COMMAS.number(cell)).isInstanceOf(NumberFormatException.class);
  }

  @Test
  void numbersAreReadAsTheyAreWritten() {
    for (float number : new float[] {0, -1.5f, 1e10f, 1.2e-5f, 16_777_216, 1_234.5f}) {
      assertThat(COMMAS.number(COMMAS.text(number))).isEqualTo(number);
      assertThat(CellForm.PLAIN.number(CellForm.PLAIN.text(number))).isEqualTo(number);
    }
  }

  @Test
  void missingValuesAreSpelledAsTheFormSays() {
    for (String cell : List.of("", "?", "-", "NA", "na", "N/A", "n/a", "#N/A", "NaN", "null")) {
      assertThat(CellForm.USUAL.isMissing(cell)).as(cell).isTrue();
      assertThat(CellForm.USUAL.number(cell)).isNaN();
      assertThat(CellForm.USUAL.day(cell)).isEqualTo(DateInput.MISSING);
    }
    for (String cell : List.of("None", "Na", "--", "0", "nul")) {
      assertThat(CellForm.USUAL.isMissing(cell)).as(cell).isFalse();
    }
    CellForm own = CellForm.USUAL.withMissing(List.of("-999", "unknown"));
    assertThat(own.number("-999")).isNaN();
    assertThat(own.isMissing("")).isTrue();
    assertThat(own.isMissing("NA")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "31.07.2015, DAY_FIRST",
    "31/7/2015, DAY_FIRST",
    "31-07-2015, DAY_FIRST",
    "07/31/2015, MONTH_FIRST",
    "7.31.2015, MONTH_FIRST",
    "07/31/2015 11:05 PM, MONTH_FIRST",
    "31.07.2015 23:05, DAY_FIRST",
    "2015-07-31T23:59:59.123+02:00, YEAR_FIRST",
    "2015-07-31 00:00:00, YEAR_FIRST",
    "2015-07-31T10:00Z, YEAR_FIRST",
    "2015/07/31, YEAR_FIRST"
  })
  void datesAreReadInTheirOrderAndTimesLeftOff(String cell, DateOrder order) {
    assertThat(order.parse(cell)).isEqualTo(LocalDate.of(2015, 7, 31));
  }

  @ParameterizedTest
  @EnumSource(DateOrder.class)
  void theYearFirstIsReadInEveryOrder(DateOrder order) {
    assertThat(order.parse("2015-03-04")).isEqualTo(LocalDate.of(2015, 3, 4));
    assertThat(order.parse(order.example())).isEqualTo(LocalDate.of(2015, 7, 31));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "31.07.15",
        "31.07/2015",
        "30.02.2015",
        "2015-02-29",
        "2015-07-31x",
        "20150731",
        "May 5th",
        "2015-07-31 noon",
        "1/2/3"
      })
  void whatIsNotADateIsRefused(String cell) {
    for (DateOrder order : DateOrder.values()) {
      assertThatThrownBy(() -> order.parse(cell)).isInstanceOf(DateTimeException.class);
    }
  }

  @Test
  void columnsCarryTheirFormAndFilesOfPlainOnesAreAsBefore() {
    CategoryInput usual =
        new CategoryInput("c", IdVocabulary.of(List.of("a", "")), Optional.of(CellForm.USUAL));
    NumberInput commas = new NumberInput("n", 1, 2, 3, true, Optional.of(COMMAS));
    DateInput days = new DateInput(
        "d",
        List.of(new DateInput.Part(DatePart.WEEK, IdVocabulary.of(List.of("7")))),
        Optional.of(CellForm.USUAL.withDates(DateOrder.DAY_FIRST)));
    Tabular.Answer answer = new Tabular.Answer("y", 0, Tabular.Scale.NONE, Optional.of(COMMAS));
    ModelDescription description = description(answer, List.of(usual, commas, days));
    assertThat(DescriptionCodec.fromJson(DescriptionCodec.toJson(description), "test"))
        .isEqualTo(description);
    CategoryInput plain =
        new CategoryInput("c", IdVocabulary.of(List.of("a")), Optional.of(CellForm.PLAIN));
    assertThat(plain).isEqualTo(new CategoryInput("c", IdVocabulary.of(List.of("a"))));
    assertThat(DescriptionCodec.toJson(
            description(new Tabular.Answer("y", 0, Tabular.Scale.NONE), List.of(plain))))
        .doesNotContain("written", "tensor");
    assertThat(usual.row("n/a")).isEqualTo(usual.row("")).isPositive();
  }

  /** Their numbers, since ONNX Runtime's Java binding cuts such names. */
  @Test
  void namesAboveTheBasicPlaneHaveTensorsOfOtherNames() {
    NumberInput size = new NumberInput("größe 😀", 1, 2, 3, true);
    assertThat(size.tensor()).isEqualTo("größe U+1F600");
    assertThat(new NumberInput("größe", 1, 2, 3, true).tensor()).isEqualTo("größe");
    ModelDescription description =
        description(new Tabular.Answer("y", 0, Tabular.Scale.NONE), List.of(size));
    Map<String, String> metadata = DescriptionCodec.toMetadata(description);
    assertThat(metadata.get("lapidary.signature"))
        .contains("\"name\":\"größe 😀\"", "\"tensor\":\"größe U+1F600\"");
    assertThat(DescriptionCodec.fromMetadata(metadata, "test")).hasValue(description);
    assertThatThrownBy(() -> description(
            new Tabular.Answer("y", 0, Tabular.Scale.NONE),
            List.of(size, new NumberInput("größe U+1F600", 1, 2, 3, true))))
        .hasMessageContaining("two tensors are named größe U+1F600");
  }

  private static ModelDescription description(Tabular.Answer answer, List<ColumnInput> inputs) {
    List<Tabular.Column> columns =
        inputs.stream().map(input -> new Tabular.Column(List.of(), 1)).toList();
    return new ModelDescription(
        new Tabular(columns, Tabular.Hidden.DEFAULT, answer),
        Task.REGRESSION,
        Labels.NONE,
        new Signature(List.copyOf(inputs), List.of(Output.of(Output.PREDICTION, 1))),
        Provenance.of(new DataSource("d", "0", "none"), 0, Map.of(), Map.of(), ""),
        ModelDescription.Evidence.NONE);
  }
}
