package lapidary.models;

/**
 * One named output of an ONNX file.
 *
 * @param name the tensor's name
 * @param source which of the block's outputs it is made of, from 0
 * @param transform what is done to it in the graph
 */
public record Output(String name, int source, Transform transform) {
  /** What the graph does to an output of the block. */
  public enum Transform {
    /** Nothing. */
    IDENTITY,
    /** Softmax over the last axis: logits become probabilities. */
    SOFTMAX,
    /** Taken flat, projected onto principal components and scaled to length 1; added to a file after its export. */
    PROJECTION
  }

  /** The name of unnormalised class scores, shape [N, classes]. */
  public static final String LOGITS = "logits";

  /** The name of class probabilities, shape [N, classes], each row summing to 1. */
  public static final String PROBABILITIES = "probabilities";

  /** The name of the activations before the classifier, shape [N, features]. */
  public static final String FEATURES = "features";

  /** The name of the last convolution's feature maps, shape [N, channels, height, width]. */
  public static final String ACTIVATIONS = "activations";

  /** The name of predicted ratings, shape [N]. */
  public static final String RATING = "rating";

  /** The name of predicted numbers in the target's own unit, shape [N]. */
  public static final String PREDICTION = "prediction";

  /** The name of the vectors that are compared with each other, shape [N, width]. */
  public static final String EMBEDDING = "embedding";

  /** The name of items' biases, shape [N]. */
  public static final String BIAS = "bias";

  /** Refuses a negative source. */
  public Output {
    if (source < 0) {
      throw new InvalidInputException(
          "output " + name + " has source " + source + "; block outputs count from 0");
    }
  }

  /** Output {@code source} of the block as it is. */
  public static Output of(String name, int source) {
    return new Output(name, source, Transform.IDENTITY);
  }

  /** The softmax of output {@code source} of the block. */
  public static Output softmax(String name, int source) {
    return new Output(name, source, Transform.SOFTMAX);
  }

  /** The unit-length projection of output {@code source} of the block. */
  public static Output projection(String name, int source) {
    return new Output(name, source, Transform.PROJECTION);
  }
}
