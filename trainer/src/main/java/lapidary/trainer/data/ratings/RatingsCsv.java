package lapidary.trainer.data.ratings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;

/** Ratings in a table whose first line names the columns, with a comma, semicolon, tab or bar between cells. */
record RatingsCsv(Path file, RatingColumns columns) {
  RatingsDataset read(RatingSplit split) {
    if (!(split instanceof RatingSplit.ByChance chance)) {
      throw new InvalidInputException(
          file + " has no published split; omit --split to set a random part aside");
    }
    RatingRows rows = new RatingRows();
    List<Catalogue.Item> titles = new ArrayList<>();
    addAll(rows, titles);
    if (rows.count() == 0) {
      throw new InvalidInputException(file + " has a header and no ratings; give ratings");
    }
    RatingRows.Numbered all = rows.number();
    return new RatingsDataset(
        new DataSource(file.getFileName().toString(), sha256(), "unknown"),
        all.users(),
        all.items(),
        Catalogue.of(titles),
        all.ratings().split(chance.part()));
  }

  private void addAll(RatingRows rows, List<Catalogue.Item> titles) {
    try (CsvReader reader = CsvReader.openForSome(file, CsvLayout.of(file))) {
      int user = reader.place(columns.user());
      int item = reader.place(columns.item());
      int rating = reader.place(columns.rating());
      Optional<Integer> title = columns.title().map(reader::place);
      while (reader.next()) {
        String id = reader.cell(item);
        rows.add(reader.cell(user), id, reader.cell(rating), reader.where());
        title.ifPresent(place -> titles.add(Catalogue.Item.of(id, reader.cell(place), List.of())));
      }
    }
  }

  private String sha256() {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw FileFailure.reading(file.toString(), e, "give a file that can be read");
    }
  }
}
