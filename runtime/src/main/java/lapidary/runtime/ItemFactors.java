package lapidary.runtime;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.Architecture;
import lapidary.models.Catalogue;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.runtime.device.Device;

/**
 * What a recommender has learned of every known item: latent factors and a bias, read once from the item file that Lapidary
 * exported, with the catalogue in the file's metadata. Items are numbered from 0, in the order of {@link #ids}. Immutable: arrays
 * are copied out. Thread-safe.
 */
public final class ItemFactors {
  private static final int BATCH = 4096;

  private final IdVocabulary ids;
  private final float[][] embeddings;
  private final float[] biases;
  private final Optional<Catalogue> catalogue;
  private final Optional<Architecture.Collab> recommender;
  private final String modelSha256;

  private ItemFactors(
      IdVocabulary ids,
      float[][] embeddings,
      float[] biases,
      Optional<Catalogue> catalogue,
      Optional<Architecture.Collab> recommender,
      String modelSha256) {
    this.ids = ids;
    this.embeddings = embeddings;
    this.biases = biases;
    this.catalogue = catalogue;
    this.recommender = recommender;
    this.modelSha256 = modelSha256;
  }

  /**
   * Reads a file and closes it again.
   *
   * @throws InvalidInputException if the file does not turn item ids into embeddings and biases, its catalogue is damaged, or a number
   *     of either is not finite
   */
  public static ItemFactors read(Path file, Device device) {
    try (Model model = Model.open(file, device)) {
      return of(model);
    }
  }

  /**
   * Reads an open model, which stays open.
   *
   * @throws InvalidInputException as {@link #read} does
   */
  public static ItemFactors of(Model model) {
    DescribedModel described = DescribedModel.of(model);
    IdVocabulary ids = RecommenderFile.require(
            described,
            List.of(IdInput.ITEM),
            List.of(Output.EMBEDDING, Output.BIAS),
            "give the item file of a collab model")
        .ids(IdInput.ITEM)
        .orElseThrow()
        .ids();
    Tables tables = new Tables(model, ids);
    return new ItemFactors(
        ids,
        tables.embeddings,
        tables.biases,
        DescriptionCodec.catalogueFrom(model.metadata(), model.file().toString()),
        described
            .description()
            .map(ModelDescription::architecture)
            .filter(Architecture.Collab.class::isInstance)
            .map(Architecture.Collab.class::cast),
        model.sha256());
  }

  /** The model's answers for every known item. */
  private static final class Tables {
    private final Model model;
    private final float[][] embeddings;
    private final float[] biases;

    Tables(Model model, IdVocabulary ids) {
      this.model = model;
      this.embeddings = new float[ids.ids().size()][];
      this.biases = new float[embeddings.length];
      IdColumn column = IdColumn.all(ids);
      for (int from = 0; from < biases.length; from += BATCH) {
        read(column, from, Math.min(from + BATCH, biases.length));
      }
    }

    private void read(IdColumn column, int from, int to) {
      Iterator<Tensor> answers = model
          .run(
              Map.of(IdInput.ITEM, column.tensor(from, to)), List.of(Output.EMBEDDING, Output.BIAS))
          .values()
          .iterator();
      Tensor vectors = answers.next();
      Tensor numbers = answers.next();
      int count = to - from;
      long[] shape = vectors.shape();
      if (shape.length != 2 || shape[0] != count || numbers.size() != count) {
        throw new InvalidInputException(model.file() + " gives embedding " + vectors + " and bias "
            + numbers + " for " + count + " items, not a row for each; export it again");
      }
      int width = (int) shape[1];
      FiniteAnswers.require(
          vectors.as(float[].class), width, from, model.file().toString(), Output.EMBEDDING);
      FiniteAnswers.require(
          numbers.as(float[].class), 1, from, model.file().toString(), Output.BIAS);
      for (int i = 0; i < count; i++) {
        embeddings[from + i] =
            Arrays.copyOfRange(vectors.as(float[].class), i * width, (i + 1) * width);
      }
      System.arraycopy(numbers.as(float[].class), 0, biases, from, count);
    }
  }

  /** The number of known items. */
  public int count() {
    return biases.length;
  }

  /** The number of latent factors of an item. */
  public int width() {
    return embeddings[0].length;
  }

  /** The known items' ids; item i has row i + 1. */
  public IdVocabulary ids() {
    return ids;
  }

  /** A copy of the latent factors, [items][factors]. */
  public float[][] embeddings() {
    return Arrays.stream(embeddings).map(float[]::clone).toArray(float[][]::new);
  }

  /** A copy of the latent factors of one item, [factors]. */
  public float[] embedding(int item) {
    return embeddings[item].clone();
  }

  /** A copy of the biases, [items]: how much more an item is liked than its factors tell. */
  public float[] biases() {
    return biases.clone();
  }

  /** The bias of one item. */
  public float bias(int item) {
    return biases[item];
  }

  /** Titles, genres and counts, if the file carries them. */
  public Optional<Catalogue> catalogue() {
    return catalogue;
  }

  /** The recommender's sizes and the range of its ratings; empty for a network of the user's own. */
  public Optional<Architecture.Collab> recommender() {
    return recommender;
  }

  /** The SHA-256 of the file: factors of different models do not compare. */
  public String modelSha256() {
    return modelSha256;
  }
}
