package lapidary.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.CategoryInput;
import lapidary.models.ColumnInput;
import lapidary.models.DateInput;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;
import lapidary.trainer.block.TabularBlock;

/** The learnt vectors of one categorical column, or of one part of a date. Immutable. */
public final class ColumnEmbedding {
  private final Tabular.Embedding size;
  private final List<String> categories;
  private final float[] values;

  private ColumnEmbedding(Tabular.Embedding size, List<String> categories, float[] values) {
    this.size = size;
    this.categories = List.copyOf(categories);
    this.values = values;
  }

  /**
   * All embeddings of a trained model, in the order of its columns.
   *
   * @throws InvalidInputException if it is not a tabular model
   */
  public static List<ColumnEmbedding> of(TrainedModel trained) {
    if (!(trained.network().block() instanceof TabularBlock block)
        || !(trained.description().architecture() instanceof Tabular tabular)) {
      throw new InvalidInputException(trained.description().architecture().name()
          + " has no embeddings of columns; give a run of " + Tabular.NAME);
    }
    List<List<String>> categories = trained.description().signature().columns().stream()
        .flatMap(ColumnEmbedding::categories)
        .toList();
    List<ColumnEmbedding> embeddings = new ArrayList<>();
    for (int i = 0; i < categories.size(); i++) {
      embeddings.add(
          new ColumnEmbedding(tabular.embeddings().get(i), categories.get(i), block.embedding(i)));
    }
    return List.copyOf(embeddings);
  }

  private static Stream<List<String>> categories(ColumnInput input) {
    if (input instanceof CategoryInput category) {
      return Stream.of(
          IntStream.range(1, category.values().rows()).mapToObj(category::label).toList());
    }
    return input instanceof DateInput date
        ? date.parts().stream().map(DateInput.Part::values).map(IdVocabulary::ids)
        : Stream.empty();
  }

  /** The column's name, for a date with its part behind a dot. */
  public String name() {
    return size.name();
  }

  /** The known categories; the unknown one, row 0 of the table, is not among them. */
  public List<String> categories() {
    return categories;
  }

  /** The length of a vector. */
  public int width() {
    return size.width();
  }

  /** A copy of the categories' vectors, [categories, width]. */
  public float[][] vectors() {
    float[][] vectors = new float[categories.size()][];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = java.util.Arrays.copyOfRange(values, (i + 1) * width(), (i + 2) * width());
    }
    return vectors;
  }
}
