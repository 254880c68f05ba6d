package lapidary.trainer.data.ratings;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Ratings in a UTF-8 table with a header: cells between commas, or between tabs if the name ends in {@code .tsv}; quoted as RFC 4180
 * says.
 */
record RatingsCsv(Path file, RatingColumns columns) {
  RatingsDataset read(RatingSplit split) {
    if (!(split instanceof RatingSplit.Random random)) {
      throw new InvalidInputException(
          file + " has no published split; leave --split out to set a random part aside");
    }
    TextFile text = TextFile.read(file, StandardCharsets.UTF_8);
    RatingRows rows = new RatingRows();
    List<Catalogue.Item> titles = new ArrayList<>();
    addAll(text, rows, titles);
    if (rows.count() == 0) {
      throw new InvalidInputException(file + " has a header and no ratings");
    }
    RatingRows.Numbered all = rows.number();
    Ratings.Parts parts = all.ratings().split(random.fraction(), random.seed());
    return new RatingsDataset(
        new DataSource(file.getFileName().toString(), text.sha256(), "unknown"),
        all.users(),
        all.items(),
        Catalogue.of(titles),
        parts.train(),
        parts.valid());
  }

  private void addAll(TextFile text, RatingRows rows, List<Catalogue.Item> titles) {
    try (CSVParser parser = format().parse(new StringReader(text.text()))) {
      Header header = new Header(parser.getHeaderNames());
      for (CSVRecord record : parser) {
        add(record, header, rows, titles, text.line(firstLine(record, parser)));
      }
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(file + ": " + e.getMessage() + "; quote as RFC 4180 says", e);
    }
  }

  /** The parser counts lines up to a record's end, and a quoted cell may hold several. */
  private static long firstLine(CSVRecord record, CSVParser parser) {
    long breaks = record.stream()
        .mapToLong(cell -> cell.chars().filter(c -> c == '\n').count())
        .sum();
    return parser.getCurrentLineNumber() - breaks;
  }

  private void add(
      CSVRecord record, Header header, RatingRows rows, List<Catalogue.Item> titles, String where) {
    if (record.size() != header.names.size()) {
      throw new InvalidInputException(
          where + ": " + record.size() + " cells for " + header.names.size() + " columns");
    }
    String item = record.get(header.place(columns.item()));
    rows.add(
        record.get(header.place(columns.user())),
        item,
        record.get(header.place(columns.rating())),
        where);
    columns
        .title()
        .ifPresent(title ->
            titles.add(Catalogue.Item.of(item, record.get(header.place(title)), List.of())));
  }

  private CSVFormat format() {
    boolean tabs = file.toString().toLowerCase(Locale.ROOT).endsWith(".tsv");
    return CSVFormat.DEFAULT
        .builder()
        .setDelimiter(tabs ? '\t' : ',')
        .setHeader()
        .setAllowMissingColumnNames(true)
        .setSkipHeaderRecord(true)
        .setIgnoreSurroundingSpaces(true)
        .get();
  }

  /** The columns' names. */
  private final class Header {
    private final List<String> names;

    Header(List<String> names) {
      this.names = names;
      List<String> wanted =
          new ArrayList<>(List.of(columns.user(), columns.item(), columns.rating()));
      columns.title().ifPresent(wanted::add);
      wanted.forEach(this::place);
    }

    int place(String name) {
      int place = names.indexOf(name);
      if (place < 0) {
        throw new InvalidInputException(
            file + ": " + NearestName.unknown("column", name, names).getMessage());
      }
      return place;
    }
  }
}
