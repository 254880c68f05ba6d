package lapidary.trainer.data.ratings;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.Catalogue;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.TrainingSplit;
import lapidary.trainer.data.RandomSplit;

/**
 * The files of MovieLens 100k (Harper and Konstan 2015): {@code u.data} and the published splits hold user, item, rating and time
 * between tabs; {@code u.item} holds 24 fields between bars, in ISO-8859-1, the last 19 telling genres in the order of
 * {@code u.genre}.
 *
 * @param folder where the files are
 * @param pinned whether their digests have to be the published ones
 */
record MovieLens100k(Path folder, boolean pinned) {
  static final String NAME = "movielens-100k";
  static final String LICENCE = "GroupLens: research use, no redistribution";
  static final String RATINGS = "u.data";

  private static final int FIELDS = 24;
  private static final int FIRST_GENRE = 5;
  private static final Map<String, String> PINS = Map.of(
      "u.data", "06416e597f82b7342361e41163890c81036900f418ad91315590814211dca490",
      "u.item", "553841ebc7de3a0fd0d6b62a204ea30c1e651aacfb2814c7a6584ac52f2c5701",
      "u.genre", "9757e0d3e6b298159a80dd48eaf938114690e911e39af97a76949ef1663610bb",
      "u1.base", "ce253ec86c448b44fb3ba9a30d12dcfc2e9210cbde71efada3730c22e9ac212a",
      "u1.test", "18c6014a4b2c7324f250a63f8904a7b16b2b19f911129e346141507b0cbac950");

  /** Whether the ratings are there: enough to take the folder for this data set. */
  boolean holdsData() {
    return Files.isRegularFile(folder.resolve(RATINGS));
  }

  RatingsDataset read(RatingSplit split) {
    if (split instanceof RatingSplit.Published published) {
      return published(published.name());
    }
    return random(((RatingSplit.ByChance) split).part());
  }

  private RatingsDataset random(RandomSplit split) {
    TextFile data = text(RATINGS);
    RatingRows rows = new RatingRows();
    addAll(data, rows);
    RatingRows.Numbered all = rows.number();
    return dataset(data, all, all.ratings().split(split));
  }

  private RatingsDataset published(String name) {
    TextFile base = text(name + ".base");
    RatingRows rows = new RatingRows();
    addAll(base, rows);
    int train = rows.count();
    addAll(text(name + ".test"), rows);
    RatingRows.Numbered all = rows.number();
    Ratings ratings = all.ratings();
    return dataset(
        base,
        all,
        new Ratings.Parts(
            ratings.slice(0, train),
            ratings.slice(train, ratings.count()),
            Optional.of(new TrainingSplit.Published(name))));
  }

  private RatingsDataset dataset(TextFile train, RatingRows.Numbered all, Ratings.Parts parts) {
    return new RatingsDataset(
        new DataSource(NAME, train.sha256(), LICENCE),
        all.users(),
        all.items(),
        catalogue(),
        parts);
  }

  private static void addAll(TextFile file, RatingRows rows) {
    int number = 0;
    for (String line : file.text().lines().toList()) {
      String where = file.line(++number);
      String[] cells = line.split("\t", -1);
      if (cells.length != 4) {
        throw new InvalidInputException(where + ": " + cells.length
            + " fields, wanted user, item, rating and time between tabs");
      }
      rows.add(cells[0], cells[1], cells[2], where);
    }
  }

  private Catalogue catalogue() {
    if (!Files.isRegularFile(folder.resolve("u.item"))) {
      return Catalogue.EMPTY;
    }
    List<String> genres = text("u.genre")
        .text()
        .lines()
        .filter(line -> !line.isBlank())
        .map(line -> line.split("\\|", -1)[0])
        .toList();
    TextFile file = text("u.item");
    List<Catalogue.Item> items = new ArrayList<>();
    for (String line : file.text().lines().toList()) {
      items.add(item(line.split("\\|", -1), genres, file.line(items.size() + 1L)));
    }
    return Catalogue.of(items);
  }

  private static Catalogue.Item item(String[] cells, List<String> genres, String where) {
    if (cells.length != FIELDS || genres.size() != FIELDS - FIRST_GENRE) {
      throw new InvalidInputException(where + ": " + cells.length + " fields and " + genres.size()
          + " genres, wanted " + FIELDS + " and " + (FIELDS - FIRST_GENRE));
    }
    List<String> own = new ArrayList<>();
    for (int i = 0; i < genres.size(); i++) {
      if (cells[FIRST_GENRE + i].equals("1")) {
        own.add(genres.get(i));
      }
    }
    return Catalogue.Item.of(cells[0], cells[1], own);
  }

  private TextFile text(String name) {
    TextFile file = TextFile.read(folder.resolve(name), StandardCharsets.ISO_8859_1);
    String pin = PINS.get(name);
    if (pinned && pin != null && !pin.equals(file.sha256())) {
      throw new InvalidInputException(file.path() + " is not the published one: it has sha256 "
          + file.sha256() + ", wanted " + pin
          + "; get the files again, or give the folder's path to use it as it is");
    }
    return file;
  }
}
