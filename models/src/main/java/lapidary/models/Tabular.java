package lapidary.models;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Entity embeddings of categorical variables (Guo &amp; Berkhahn 2016): one embedding a categorical column or date part, dropout on
 * them, batch norm on the numbers, then Linear, ReLU, batch norm and dropout for each hidden layer, and a last Linear.
 *
 * @param columns one for each input, in their order
 * @param hidden the layers between inputs and answer
 * @param answer what comes out
 */
public record Tabular(List<Column> columns, Hidden hidden, Answer answer) implements Architecture {
  /** The documented name. */
  public static final String NAME = "tabular";

  /** Copies the columns and refuses none. */
  public Tabular {
    columns = List.copyOf(columns);
    if (columns.isEmpty()) {
      throw new InvalidInputException("a table needs a column besides the target; name one");
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** The signature of its ONNX file over these columns: class scores, or the predicted number in the target's own unit. */
  public Signature signature(List<ColumnInput> inputs) {
    List<Output> outputs = answer.classifies()
        ? List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0))
        : List.of(Output.of(Output.PREDICTION, 1));
    return new Signature(List.copyOf(inputs), outputs);
  }

  /** Refuses images: {@link #signature(List)} is the signature over columns. */
  @Override
  public Signature signature(ImageInput image) {
    throw new InvalidInputException(NAME + " takes rows of a table, not images; give a table");
  }

  /** Every embedding, in the order of the columns. */
  public List<Embedding> embeddings() {
    return columns.stream().flatMap(column -> column.embeddings().stream()).toList();
  }

  /** How many numbers all columns give together. */
  public int numbers() {
    return columns.stream().mapToInt(Column::numbers).sum();
  }

  /** The width of everything that enters the first layer. */
  public int width() {
    return numbers() + embeddings().stream().mapToInt(Embedding::width).sum();
  }

  /**
   * What one input gives the network.
   *
   * @param embeddings one for a category, one a part for a date, none for a number
   * @param numbers 1 or 2 for a number (the second says whether it was missing), else 0
   */
  public record Column(List<Embedding> embeddings, int numbers) {
    /** Copies the list. */
    public Column {
      embeddings = List.copyOf(embeddings);
    }
  }

  /**
   * A table of vectors.
   *
   * @param name the column's name, for a date with its part behind a dot, such as {@code Date.month}
   * @param rows the unknown row 0 counted
   * @param width length of a vector
   */
  public record Embedding(String name, int rows, int width) {
    private static final int WIDEST = 600;

    /** The documented size: min(600, round(1.6 · n^.56)) for n rows, as fastai. */
    public static Embedding of(String name, int rows) {
      return new Embedding(name, rows, (int)
          Math.min(WIDEST, Math.round(1.6 * Math.pow(rows, 0.56))));
    }
  }

  /**
   * The layers between inputs and answer.
   *
   * @param layers their widths, perhaps none
   * @param dropout after each of them, 0 to below 1
   * @param embeddingDropout on the embeddings, 0 to below 1
   */
  public record Hidden(List<Integer> layers, double dropout, double embeddingDropout) {
    /** Layers of 200 and 100, dropout .1, embedding dropout .04. */
    public static final Hidden DEFAULT = new Hidden(List.of(200, 100), 0.1, 0.04);

    /** Copies the widths; refuses those below 1 and dropouts out of range. */
    public Hidden {
      layers = List.copyOf(layers);
      if (layers.stream().anyMatch(width -> width < 1)) {
        throw new InvalidInputException("layers " + layers + "; each has at least one unit");
      }
      if (!(dropout >= 0 && dropout < 1 && embeddingDropout >= 0 && embeddingDropout < 1)) {
        throw new InvalidInputException("dropout " + dropout + " and embedding dropout "
            + embeddingDropout + "; both are 0 or more and below 1");
      }
    }
  }

  /**
   * What comes out.
   *
   * @param target the column that is predicted
   * @param classes the number of classes; 0 for a number
   * @param scale how a number is scaled for training; ignored for classes
   * @param written how its cells are written in tables that have it; empty for {@link CellForm#PLAIN}
   */
  public record Answer(
      String target,
      int classes,
      Scale scale,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<CellForm> written) {
    /** Leaves out how it is written where that is plain. */
    public Answer {
      written = CellForm.unlessPlain(written);
    }

    /** An answer whose truth is written plainly. */
    public Answer(String target, int classes, Scale scale) {
      this(target, classes, scale, Optional.empty());
    }

    /** How its cells are written in tables that have it. */
    public CellForm cells() {
      return written.orElse(CellForm.PLAIN);
    }

    /** Whether a class is answered, not a number. */
    public boolean classifies() {
      return classes > 0;
    }

    /** Numbers in the last layer. */
    public int outputs() {
      return classifies() ? classes : 1;
    }
  }

  /**
   * How a target becomes what the network is trained on: its logarithm if asked for, standardised by the training rows.
   *
   * @param log whether the logarithm is learnt
   * @param mean of the training rows, after the logarithm
   * @param deviation of the training rows, after the logarithm, above 0
   * @param range the ends that a sigmoid keeps answers between, after the logarithm
   */
  public record Scale(boolean log, double mean, double deviation, Optional<Range> range) {
    /** No scaling at all. */
    public static final Scale NONE = new Scale(false, 0, 1, Optional.empty());

    /** The target as the network is trained on it. */
    public double toNetwork(double target) {
      return ((log ? Math.log(target) : target) - mean) / deviation;
    }

    /** The answer in the target's own unit. */
    public double fromNetwork(double output) {
      double value = output * deviation + mean;
      return log ? Math.exp(value) : value;
    }
  }
}
