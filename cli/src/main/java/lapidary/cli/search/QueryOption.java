package lapidary.cli.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.DecimalNumber;
import lapidary.models.InvalidInputException;
import lapidary.search.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What to look for: one of an image, an item, items and a vector, or words, or both. */
final class QueryOption {
  @Option(
      names = "--image",
      paramLabel = "FILE",
      description = "An image; it goes through the collection's model.")
  private @Nullable Path image;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "An item of the collection; it is left out of the answers.")
  private @Nullable String id;

  @Option(
      names = "--like",
      arity = "1..*",
      paramLabel = "ID",
      description = "Items that the answers shall be like; they are left out.")
  private List<String> likes = List.of();

  @Option(
      names = "--unlike",
      arity = "1..*",
      paramLabel = "ID",
      description = "Items that the answers shall not be like; they are left out.")
  private List<String> dislikes = List.of();

  @Option(
      names = "--vector",
      paramLabel = "X,Y,…",
      description = "An unreduced vector, numbers with commas between.")
  private @Nullable String vector;

  @Option(
      names = "--text",
      paramLabel = "WORDS",
      description = "Words of labels and attributes, alone or beside one of the others.")
  private @Nullable String text;

  /**
   * Whether anything is looked for.
   *
   * @throws InvalidInputException if two things to be near to are given
   */
  boolean given() {
    if (near().size() > 1) {
      throw new InvalidInputException(
          String.join(" and ", near()) + "; give one of them, or --like with several items");
    }
    return text != null || !near().isEmpty();
  }

  /** The options given that say what to be near to. */
  private List<String> near() {
    return Stream.of(
            image == null ? "" : "--image",
            id == null ? "" : "--id",
            likes.isEmpty() && dislikes.isEmpty() ? "" : "--like",
            vector == null ? "" : "--vector")
        .filter(name -> !name.isEmpty())
        .toList();
  }

  Optional<Path> image() {
    return Optional.ofNullable(image);
  }

  /**
   * The query.
   *
   * @param embedded the vector of the image, if one is given
   */
  Query query(Optional<float[]> embedded) {
    List<Query> parts = new ArrayList<>();
    embedded.ifPresent(values -> parts.add(Query.vector(values)));
    if (vector != null) {
      parts.add(Query.vector(parse(vector)));
    }
    if (id != null) {
      parts.add(Query.item(id));
    }
    if (!likes.isEmpty() || !dislikes.isEmpty()) {
      parts.add(Query.liking(likes, dislikes));
    }
    if (text != null) {
      if (text.isBlank()) {
        throw new InvalidInputException("--text is empty; give words that items have");
      }
      parts.add(Query.words(text));
    }
    return parts.stream().reduce(Query::and).orElseThrow();
  }

  /** The items that answers shall be near to. */
  List<String> items() {
    return id == null ? likes : List.of(id);
  }

  /** What is looked for, for people. */
  String words() {
    return Stream.of(
            image == null ? "" : image.toString(),
            id == null ? "" : id,
            String.join(", ", likes),
            dislikes.isEmpty() ? "" : "not " + String.join(", ", dislikes),
            vector == null ? "" : "a vector",
            text == null ? "" : "“" + text + "”")
        .filter(part -> !part.isEmpty())
        .reduce((a, b) -> a + " · " + b)
        .orElse("");
  }

  private static float[] parse(String text) {
    try {
      String[] numbers = text.split(",", -1);
      float[] vector = new float[numbers.length];
      for (int i = 0; i < vector.length; i++) {
        vector[i] = DecimalNumber.toFloat(numbers[i].strip());
      }
      return vector;
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "--vector holds something that is not a number: " + e.getMessage()
              + "; give numbers with commas between",
          e);
    }
  }
}
