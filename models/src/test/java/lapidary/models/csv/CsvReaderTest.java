package lapidary.models.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvReaderTest {
  @TempDir
  private Path folder;

  @Test
  void cellsAreTrimmedUnquotedAndFoundByName() throws IOException {
    try (CsvReader reader = open("\ufeffa, b ,c\r\n1, x ,\"y, \"\"z\"\"\"\r\n\r\n2,,?\r\n")) {
      assertThat(reader.names()).containsExactly("a", "b", "c");
      assertThat(rows(reader))
          .containsExactly(List.of("1", "x", "y, \"z\""), List.of("2", "", "?"));
      assertThatThrownBy(() -> reader.place("B2")).hasMessageContaining("did you mean \"b\"?");
    }
  }

  @Test
  void aStreamThatIsNoTableIsClosedAllTheSame() throws IOException {
    byte[] packed = {0x1f, (byte) 0x8b, 1, 2, 3};
    for (byte[] content : List.of(
        utf8(""),
        utf8("\n\n"),
        utf8("a,b,a\n1,2,3\n"),
        utf8("a,,\n"),
        new byte[] {(byte) 0xff, (byte) 0xff, ',', 'b'},
        packed,
        Arrays.copyOf(packed, 2))) {
      Watched stream = new Watched(content, null);
      assertThatThrownBy(() -> CsvReader.of(stream, "rows", CsvLayout.DEFAULT))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("rows");
      assertThat(stream.closed)
          .as(new String(content, StandardCharsets.ISO_8859_1))
          .isTrue();
    }
    Watched broken = new Watched(utf8("a,b\n"), new IOException("Input/output error"));
    assertThatThrownBy(() -> CsvReader.of(broken, "rows", CsvLayout.DEFAULT))
        .isInstanceOf(EnvironmentException.class)
        .hasMessageStartingWith("cannot read rows: Input/output error; check that disk");
    assertThat(broken.closed).isTrue();
  }

  @Test
  void aDiskThatBreaksHalfWayIsTheMachines() {
    InputStream broken = new SequenceInputStream(
        new ByteArrayInputStream(utf8("a\n" + "1\n".repeat(200_000))),
        new Watched(utf8("2\n"), new IOException("Input/output error")));
    try (CsvReader reader = CsvReader.of(broken, "rows", CsvLayout.DEFAULT)) {
      assertThatThrownBy(() -> {
            while (reader.next()) {
              assertThat(reader.cell(0)).isEqualTo("1");
            }
          })
          .isInstanceOf(EnvironmentException.class)
          .hasMessageStartingWith("cannot read rows: Input/output error");
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A stream that knows whether it was closed, and may fail. */
  private static final class Watched extends FilterInputStream {
    private final IOException failure;
    private boolean closed;

    Watched(byte[] content, IOException failure) {
      super(new ByteArrayInputStream(content));
      this.failure = failure;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      if (failure != null) {
        throw failure;
      }
      return super.read(target, from, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void linesAreCountedThroughQuotedBreaksBlankLinesAndComments() throws IOException {
    CsvLayout layout = CsvLayout.DEFAULT.commentedBy('|').named(List.of("a", "b"));
    Path file = file("|1x3 note\n1,\"two\nlines\"\n\n3,4\n5\n");
    try (CsvReader reader = CsvReader.open(file, layout)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.line()).isEqualTo(2);
      assertThat(reader.next()).isTrue();
      assertThat(reader.where()).isEqualTo(file + ", line 5");
      assertThatThrownBy(reader::next)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("line 6: 1 cells for 2 columns");
    }
  }

  @Test
  void packedFilesAreReadAsPlainOnes() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write("a;b\n1;2\n".getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("rows.gz"), packed.toByteArray());
    try (CsvReader reader = CsvReader.open(file, CsvLayout.DEFAULT.separatedBy(';'))) {
      assertThat(rows(reader)).containsExactly(List.of("1", "2"));
    }
  }

  @Test
  void tabsAreToldByTheName() {
    assertThat(CsvLayout.of(Path.of("x.tsv.gz")).separator()).hasValue('\t');
    assertThat(CsvLayout.of(Path.of("x.csv"))).isEqualTo(CsvLayout.DETECTED);
  }

  @Test
  void filesThatAreNoTablesAreRefused() throws IOException {
    assertThatThrownBy(() -> open("")).hasMessageContaining("is empty");
    assertThatThrownBy(() -> open("a,,b\n")).hasMessageContaining("column 2 has no name");
    assertThatThrownBy(() -> open("a,b,a\n")).hasMessageContaining("two columns are named \"a\"");
    assertThatThrownBy(() -> CsvReader.open(folder, CsvLayout.DEFAULT))
        .hasMessageContaining("is a folder");
    Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', '\n', (byte) 0xe9, '\n'});
    assertThatThrownBy(() -> rows(CsvReader.open(latin, CsvLayout.DEFAULT)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("not UTF-8 text");
    assertThatThrownBy(() -> rows(open("a,b\n1,\"x\"y\n")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("RFC 4180");
  }

  @Test
  void damageIsToldInWordsAndNotByExceptionsOfLibraries() throws IOException {
    assertDamaged(text("a,b\n1,\"x\"y\n"), "a closing quote is followed by more of the cell");
    assertDamaged(text("a,b\n1,\"x\n2,y\n"), "a quote is opened and never closed");
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(text("a,b\n" + "1,2\n".repeat(9)));
    }
    byte[] whole = packed.toByteArray();
    assertDamaged(Arrays.copyOf(whole, whole.length - 9), "the gzip file ends too early");
    whole[whole.length - 6] ^= 1;
    assertDamaged(whole, "the gzip file is damaged");
  }

  private static byte[] text(String csv) {
    return csv.getBytes(StandardCharsets.UTF_8);
  }

  private void assertDamaged(byte[] bytes, String words) throws IOException {
    Path file = Files.write(folder.resolve("table.csv"), bytes);
    assertThatThrownBy(() -> rows(CsvReader.open(file, CsvLayout.DEFAULT)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContaining(": " + words + "; ")
        .hasMessageNotContaining("Exception");
  }

  @Test
  void aLongStreamIsReadRowByRow() {
    byte[] row = "12,abc\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    List<InputStream> parts = new ArrayList<>();
    parts.add(new ByteArrayInputStream("n,t\n".getBytes(StandardCharsets.UTF_8)));
    IntStream.range(0, 500).forEach(i -> parts.add(new ByteArrayInputStream(row)));
    try (CsvReader reader = CsvReader.of(
        new SequenceInputStream(Collections.enumeration(parts)), "stream", CsvLayout.DEFAULT)) {
      long count = 0;
      while (reader.next()) {
        count++;
      }
      assertThat(count).isEqualTo(500_000);
      assertThat(reader.where()).isEqualTo("stream, line 500001");
    }
  }

  private Path file(String text) throws IOException {
    return Files.writeString(Files.createTempFile(folder, "rows", ".csv"), text);
  }

  private CsvReader open(String text) throws IOException {
    return CsvReader.open(file(text), CsvLayout.DEFAULT);
  }

  private static List<List<String>> rows(CsvReader reader) {
    List<List<String>> rows = new ArrayList<>();
    while (reader.next()) {
      rows.add(IntStream.range(0, reader.names().size()).mapToObj(reader::cell).toList());
    }
    return rows;
  }
}
