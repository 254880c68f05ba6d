package lapidary.models.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The separator that a reader of the text would name. */
final class SeparatorsTest {
  private static char found(String text) throws IOException {
    return found(text, CsvLayout.DETECTED);
  }

  private static char found(String text, CsvLayout layout) throws IOException {
    BufferedReader reader = new BufferedReader(new StringReader(text));
    char found = Separators.find(reader, layout);
    assertThat(reader.read()).isEqualTo(text.isEmpty() ? -1 : text.charAt(0));
    return found;
  }

  @Test
  void eachSeparatorIsFound() throws IOException {
    for (char separator : new char[] {',', ';', '\t', '|'}) {
      assertThat(found("a;b;c\n1;2;3\n".replace(';', separator))).isEqualTo(separator);
      assertThat(found("a;b\r\n1;2".replace(';', separator))).isEqualTo(separator);
    }
  }

  @Test
  void decimalCommasDoNotCount() throws IOException {
    assertThat(found("a;b;c\n1,5;2,5;3,5\n1,25;2,5;0\n")).isEqualTo(';');
    assertThat(found("net, EUR;gross, EUR\n1,5;2,5\n")).isEqualTo(';');
    assertThat(found("a\tb\n1,5\t2,5\n")).isEqualTo('\t');
    assertThat(found("price\n1,5\n2,5\n")).isNotEqualTo(',');
  }

  @Test
  void whatIsQuotedDoesNotCount() throws IOException {
    assertThat(found("a,\"b;c;d\",e\n1,\"x;\"\"y;\nz;\",2\n")).isEqualTo(',');
    assertThat(found("\"a;b\";c\n\"1,5,6\";\"7,8\"\n")).isEqualTo(';');
  }

  @Test
  void aRowThatIsDamagedDoesNotChangeTheOthers() throws IOException {
    assertThat(found("a;b;c\n1;2;3\n1,2;3\n4;5;6\n")).isEqualTo(';');
    assertThat(found("a,b,c\n1,2,3\n1,2\n")).isEqualTo(',');
    assertThat(found("a;b\n1;\"never closed\n2;3\n")).isEqualTo(';');
  }

  @Test
  void oneColumnIsDividedByNothing() throws IOException {
    assertThat(found("a\n1\n2\n")).isEqualTo(',');
    assertThat(found("")).isEqualTo(',');
    assertThat(found("a\nyes, it is\nno\n")).isEqualTo(';');
  }

  @Test
  void namesThatAreGivenSayHowManyCellsThereAre() throws IOException {
    CsvLayout named = CsvLayout.DETECTED.named(List.of("a", "b"));
    assertThat(found("1,5;2,5\n1,25;3,5\n", named)).isEqualTo(';');
    assertThat(found("1,5|2,5\n", named)).isEqualTo('|');
  }

  @Test
  void commentsAndEmptyLinesDoNotCount() throws IOException {
    assertThat(found("# a \" b, c, d\n\na;b\n# x, y\n1;2\n", CsvLayout.DETECTED.commentedBy('#')))
        .isEqualTo(';');
  }

  /** The head ends within a row, which must not be taken for a short one. */
  @Test
  void aLongFileIsJudgedByItsHead() throws IOException {
    String row = "x".repeat(30_000);
    assertThat(found("a;b;c\n" + (row + ";" + row + ";1,2\n").repeat(9))).isEqualTo(';');
  }

  /** Whoever writes row by row waits for answers before the next ones. */
  @Test
  @Timeout(60)
  void rowsThatAreThereAreEnough() throws IOException {
    try (PipedWriter writer = new PipedWriter();
        BufferedReader reader = new BufferedReader(new PipedReader(writer))) {
      writer.write("a;b\n1,5;2\n3");
      assertThat(Separators.find(reader, CsvLayout.DETECTED)).isEqualTo(';');
      assertThat(reader.readLine()).isEqualTo("a;b");
    }
  }
}
