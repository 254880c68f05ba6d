package lapidary.cli.option;

import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a CSV file of ratings is read. */
public final class RatingsOption {
  @Option(
      names = "--user-column",
      paramLabel = "NAME",
      description = "Ratings in a CSV file: the users' column; default user.")
  private @Nullable String user;

  @Option(
      names = "--item-column",
      paramLabel = "NAME",
      description = "The items' column; default item.")
  private @Nullable String item;

  @Option(
      names = "--rating-column",
      paramLabel = "NAME",
      description = "The ratings' column; default rating.")
  private @Nullable String rating;

  @Option(
      names = "--title-column",
      paramLabel = "NAME",
      description = "The column of the items' titles, if there is one.")
  private @Nullable String title;

  public boolean given() {
    return user != null || item != null || rating != null || title != null;
  }

  public RatingsDataset load(String data, RatingSplit split, Console console) {
    RatingsDataset ratings = RatingsDatasets.load(
        data, columns(), split, DataRoots.fromEnvironment(console.environment()));
    if (given() && ratings.source().name().equals(data)) {
      throw new InvalidInputException(
          data + " has columns of its own; the column options are for CSV files");
    }
    return ratings;
  }

  private RatingColumns columns() {
    return new RatingColumns(
        or(user, RatingColumns.DEFAULT.user()),
        or(item, RatingColumns.DEFAULT.item()),
        or(rating, RatingColumns.DEFAULT.rating()),
        Optional.ofNullable(title));
  }

  private static String or(@Nullable String given, String usual) {
    return given == null ? usual : given;
  }
}
