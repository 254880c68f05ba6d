package lapidary.models.csv;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads a table row by row, in constant memory: UTF-8, plain or gzip (told by the first bytes), blank lines left out, blanks around
 * cells cut off. Not thread-safe; {@link #close} closes the file.
 */
public final class CsvReader implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final String OTHER = "give a CSV file that can be read";

  private final String source;
  private final CsvLayout layout;
  private final CSVParser parser;
  private final Iterator<CSVRecord> records;
  private final List<String> names;
  private String[] cells = new String[0];

  private CsvReader(String source, BufferedReader text, CsvLayout wanted, boolean distinct)
      throws IOException {
    this.source = source;
    char separator =
        wanted.separator().isPresent() ? wanted.separator().get() : Separators.find(text, wanted);
    this.layout = wanted.separatedBy(separator);
    this.parser = format(layout, separator).parse(text);
    this.records = parser.iterator();
    this.names = layout.columns().orElseGet(this::header);
    if (distinct) {
      CsvLayout.requireDistinct(names, source);
    }
  }

  /**
   * Opens a file.
   *
   * @throws InvalidInputException if it cannot be read, is empty, or names a column twice
   * @throws lapidary.models.EnvironmentException if the disk is broken or too many files are open
   */
  public static CsvReader open(Path file, CsvLayout layout) {
    return open(file, layout, true);
  }

  /**
   * As {@link #open}, of a file of which a few columns are wanted: others may have no name, or share one, as an index has that a
   * spreadsheet or pandas writes.
   */
  public static CsvReader openForSome(Path file, CsvLayout layout) {
    return open(file, layout, false);
  }

  private static CsvReader open(Path file, CsvLayout layout, boolean distinct) {
    if (Files.isDirectory(file)) {
      throw new InvalidInputException(file + " is a folder; give a CSV file");
    }
    try {
      // Not Files.newInputStream, which wants to know its position and so fails on a pipe.
      return of(new FileInputStream(file.toFile()), file.toString(), layout, distinct);
    } catch (IOException e) {
      throw Files.exists(file)
          ? FileFailure.reading(file.toString(), e, OTHER)
          : new InvalidInputException("cannot read " + file + ": it does not exist", e);
    }
  }

  /**
   * Reads a stream, which it closes, whatever comes of it.
   *
   * @param source what to call it in an error
   */
  public static CsvReader of(InputStream stream, String source, CsvLayout layout) {
    return of(stream, source, layout, true);
  }

  private static CsvReader of(
      InputStream stream, String source, CsvLayout layout, boolean distinct) {
    try {
      return opened(stream, source, layout, distinct);
    } catch (CharacterCodingException e) {
      throw new InvalidInputException(source + " is not UTF-8 text; convert it", e);
    } catch (EOFException | ZipException e) {
      throw new InvalidInputException(source + ": " + CsvDamage.of(e).sentence(), e);
    } catch (IOException e) {
      throw FileFailure.reading(source, e, OTHER);
    }
  }

  /** The reader owns the stream; where there is not one, nobody else would close it. */
  private static CsvReader opened(
      InputStream stream, String source, CsvLayout layout, boolean distinct) throws IOException {
    try {
      return new CsvReader(source, text(stream), layout, distinct);
    } catch (IOException | RuntimeException e) {
      try {
        stream.close();
      } catch (IOException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  /** How the file is written down, with the separator that was found where none was given. */
  public CsvLayout layout() {
    return layout;
  }

  /** The columns' names, in the order of the cells. */
  public List<String> names() {
    return names;
  }

  /**
   * Where a column's cells are.
   *
   * @throws InvalidInputException if there is not one; the message has the nearest name
   */
  public int place(String name) {
    int place = names.indexOf(name);
    if (place < 0) {
      throw new InvalidInputException(
          source + ": " + NearestName.missing("column", name, names).getMessage());
    }
    return place;
  }

  /**
   * Goes to the next row; false after the last.
   *
   * @throws InvalidInputException if the row has more or fewer cells than there are columns, or the text is damaged
   */
  public boolean next() {
    try {
      if (!records.hasNext()) {
        return false;
      }
      cells = records.next().values();
    } catch (UncheckedIOException | IllegalStateException e) {
      throw damaged(e);
    }
    if (cells.length != names.size()) {
      throw new InvalidInputException(
          where() + ": " + cells.length + " cells for " + names.size() + " columns");
    }
    return true;
  }

  /** A cell of the present row, blanks at both ends cut off. */
  public String cell(int place) {
    return cells[place].strip();
  }

  /** The file and the present row's line, counted from 1. */
  public String where() {
    return source + ", line " + line();
  }

  /** The line that the present row begins on, counted from 1. */
  public long line() {
    // The parser counts lines up to a record's end, and a quoted cell may hold several.
    long breaks = IntStream.range(0, cells.length)
        .mapToLong(i -> cells[i].chars().filter(c -> c == '\n').count())
        .sum();
    return Math.max(1, parser.getCurrentLineNumber() - breaks);
  }

  /** What the file is called in errors. */
  public String source() {
    return source;
  }

  @Override
  public void close() {
    try {
      parser.close();
    } catch (IOException e) {
      throw FileFailure.reading(source, e, OTHER);
    }
  }

  private List<String> header() {
    try {
      if (!records.hasNext()) {
        throw new InvalidInputException(
            source + " is empty; give a file whose first line names the columns");
      }
      return records.next().stream().map(String::strip).toList();
    } catch (UncheckedIOException e) {
      throw damaged(e);
    }
  }

  private RuntimeException damaged(RuntimeException e) {
    if (e.getCause() instanceof CharacterCodingException) {
      return new InvalidInputException(source + " is not UTF-8 text; convert it", e);
    }
    if (e.getCause() instanceof IOException failure && FileFailure.isMachines(failure)) {
      return FileFailure.reading(source, failure, OTHER);
    }
    return new InvalidInputException(
        source + ", near line " + parser.getCurrentLineNumber() + ": "
            + CsvDamage.of(cause(e)).sentence(),
        e);
  }

  private static Throwable cause(RuntimeException e) {
    return e.getCause() == null ? e : e.getCause();
  }

  private static CSVFormat format(CsvLayout layout, char separator) {
    CSVFormat.Builder format = CSVFormat.DEFAULT
        .builder()
        .setDelimiter(separator)
        .setIgnoreSurroundingSpaces(true)
        .setIgnoreEmptyLines(true);
    layout.comment().ifPresent(format::setCommentMarker);
    return format.get();
  }

  private static BufferedReader text(InputStream stream) throws IOException {
    InputStream plain = unpacked(new BufferedInputStream(stream, BUFFER));
    BufferedReader reader = new BufferedReader(
        new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()), BUFFER);
    reader.mark(1);
    if (reader.read() != '\ufeff') {
      reader.reset();
    }
    return reader;
  }

  /** Gzip begins with 1f 8b. */
  private static InputStream unpacked(BufferedInputStream stream) throws IOException {
    stream.mark(2);
    boolean packed = stream.read() == 0x1f && stream.read() == 0x8b;
    stream.reset();
    return packed ? new GZIPInputStream(stream, BUFFER) : stream;
  }
}
