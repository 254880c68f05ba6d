package lapidary.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;

/** The shape of a network: enough to build it again before its weights are read. Immutable values. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = Architecture.MnistLogistic.class,
      name = Architecture.MnistLogistic.NAME),
  @JsonSubTypes.Type(value = Architecture.MnistNn.class, name = Architecture.MnistNn.NAME),
  @JsonSubTypes.Type(value = Architecture.MnistVgg.class, name = Architecture.MnistVgg.NAME),
  @JsonSubTypes.Type(value = Architecture.Collab.class, name = Architecture.Collab.NAME),
  @JsonSubTypes.Type(value = Architecture.Resnet.class, name = "resnet"),
  @JsonSubTypes.Type(value = Tabular.class, name = Tabular.NAME),
  @JsonSubTypes.Type(value = Architecture.Custom.class, name = "custom")
})
public sealed interface Architecture
    permits Architecture.MnistLogistic,
        Architecture.MnistNn,
        Architecture.MnistVgg,
        Architecture.Collab,
        Architecture.Resnet,
        Architecture.Custom,
        Tabular {
  /** The names of the documented models, in the order of the documentation. */
  List<String> DOCUMENTED = List.of(
      MnistLogistic.NAME,
      MnistNn.NAME,
      MnistVgg.NAME,
      Collab.NAME,
      Tabular.NAME,
      Resnet.NAME_18,
      Resnet.NAME_34);

  /** The model's name, such as {@code mnist-nn}. */
  String name();

  /**
   * The signature of its ONNX file over images: {@code logits}, {@code probabilities} and, where the network has them,
   * {@code features} and {@code activations}.
   *
   * @throws InvalidInputException if the network takes other images, or none
   */
  Signature signature(ImageInput image);

  /** Whether images of any height and width go in. */
  default boolean takesAnySize() {
    return false;
  }

  /**
   * Multinomial logistic regression: Linear inputs→classes.
   *
   * @param inputs pixels of an image, counted flat
   * @param classes number of classes, at least 2
   */
  record MnistLogistic(int inputs, int classes) implements Architecture {
    /** The documented name. */
    public static final String NAME = "mnist-logistic";

    /** Checks the sizes. */
    public MnistLogistic {
      requireSizes(inputs, classes);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Signature signature(ImageInput image) {
      requirePixels(this, inputs, image);
      return classifier(image);
    }
  }

  /**
   * One hidden layer: Linear inputs→hidden, ReLU, Linear hidden→classes.
   *
   * @param inputs pixels of an image, counted flat
   * @param hidden width of the hidden layer, at least 1
   * @param classes number of classes, at least 2
   */
  record MnistNn(int inputs, int hidden, int classes) implements Architecture {
    /** The documented name. */
    public static final String NAME = "mnist-nn";

    /** Checks the sizes. */
    public MnistNn {
      requireSizes(inputs, classes);
      if (hidden < 1) {
        throw new InvalidInputException(
            "hidden width " + hidden + " is below 1; give at least one unit");
      }
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Signature signature(ImageInput image) {
      requirePixels(this, inputs, image);
      return classifier(image, Output.FEATURES);
    }
  }

  /**
   * Stages of two 3×3 convolutions, as VGG has them (Simonyan &amp; Zisserman 2014, arXiv:1409.1556), with batch norm, before one
   * hidden layer.
   *
   * @param height of an image, at least 4
   * @param width of an image, at least 4
   * @param classes number of classes, at least 2
   */
  record MnistVgg(int height, int width, int classes) implements Architecture {
    /** The documented name. */
    public static final String NAME = "mnist-vgg";

    private static final int LEAST = 4;

    /** Checks the sizes. */
    public MnistVgg {
      if (height < LEAST || width < LEAST) {
        throw new InvalidInputException(NAME + " halves an image twice, and " + height + "×" + width
            + " pixels are too few; give images of at least 4×4");
      }
      requireSizes(height * width, classes);
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public Signature signature(ImageInput image) {
      requirePixels(this, height * width, image);
      return classifier(image, Output.FEATURES, Output.ACTIVATIONS);
    }
  }

  /**
   * Collaborative filtering by matrix factorisation with biases (Koren, Bell &amp; Volinsky 2009): sigmoid(user · item + user bias +
   * item bias) · (high − low) + low.
   *
   * @param users rows of the user table, the unknown row counted
   * @param items rows of the item table, the unknown row counted
   * @param factors length of an embedding
   * @param low lower end of the predicted range
   * @param high upper end of the predicted range, above {@code low}
   */
  record Collab(int users, int items, int factors, double low, double high)
      implements Architecture {
    /** The documented name. */
    public static final String NAME = "collab";

    /** Checks the sizes. */
    public Collab {
      if (users < 2 || items < 2 || factors < 1 || !(low < high)) {
        throw new InvalidInputException("a recommender of " + users + " users, " + items
            + " items, " + factors + " factors and range [" + low + ", " + high
            + "] cannot be; it needs one known user and item, one factor and low < high");
      }
    }

    @Override
    public String name() {
      return NAME;
    }

    /** Refuses images: {@link Signature#ofRatings} is the signature over ids. */
    @Override
    public Signature signature(ImageInput image) {
      throw new InvalidInputException(
          NAME + " takes ids of users and items, not images; give ratings");
    }
  }

  /**
   * A residual network of basic blocks (He et al. 2015, arXiv:1512.03385) for RGB photos of any size, layout and parameter names of
   * torchvision.
   *
   * @param depth layers with weights, 18 or 34
   * @param head what makes classes of the last convolution's activations
   * @param classes number of classes, at least 2
   */
  record Resnet(int depth, Head head, int classes) implements Architecture {
    /** The documented name of depth 18. */
    public static final String NAME_18 = "resnet18";

    /** The documented name of depth 34. */
    public static final String NAME_34 = "resnet34";

    /** Width of the last convolution, and so of the pooled features. */
    public static final int FEATURES = 512;

    /** Red, green and blue. */
    public static final int CHANNELS = 3;

    /** What makes classes of the last convolution's activations. */
    public enum Head {
      /** Average pooling and one linear layer, {@code fc}: the network as it was published. */
      PLAIN,
      /** Maximum and average pooling side by side, batch norm, dropout and two linear layers: made for new classes. */
      TRANSFER
    }

    /** Refuses other depths and fewer than two classes. */
    public Resnet {
      blocks(depth);
      requireSizes(FEATURES, classes);
    }

    /** Whether a model's documented name is a residual network's. */
    public static boolean isNamed(String name) {
      return name.equals(NAME_18) || name.equals(NAME_34);
    }

    /**
     * The network of a documented name.
     *
     * @throws InvalidInputException if the name is another model's
     */
    public static Resnet named(String name, Head head, int classes) {
      if (!isNamed(name)) {
        throw NearestName.unknown("residual network", name, List.of(NAME_18, NAME_34));
      }
      return new Resnet(name.equals(NAME_18) ? 18 : 34, head, classes);
    }

    /** Blocks of each of the four stages. */
    public List<Integer> stages() {
      return blocks(depth);
    }

    private static List<Integer> blocks(int depth) {
      return switch (depth) {
        case 18 -> List.of(2, 2, 2, 2);
        case 34 -> List.of(3, 4, 6, 3);
        default ->
          throw new InvalidInputException(
              "a residual network of depth " + depth + " is not documented; give 18 or 34");
      };
    }

    @Override
    public String name() {
      return "resnet" + depth;
    }

    @Override
    public Signature signature(ImageInput image) {
      if (image.size().channels() != CHANNELS || image.layout() != ImageInput.Layout.NCHW) {
        throw new InvalidInputException(name() + " takes RGB photos as [N, C, H, W], not "
            + image.size().channels() + " channels as " + image.layout()
            + "; give such an image input");
      }
      return classifier(image, Output.FEATURES, Output.ACTIVATIONS);
    }

    @Override
    public boolean takesAnySize() {
      return true;
    }
  }

  /**
   * A network of the user's own, known here by its name only.
   *
   * @param title any name
   */
  record Custom(@JsonProperty("title") String title) implements Architecture {
    @Override
    public String name() {
      return title;
    }

    @Override
    public Signature signature(ImageInput image) {
      throw new InvalidInputException("model " + title + " is not one of the documented "
          + DOCUMENTED + "; name its inputs and outputs yourself");
    }
  }

  /** Class scores, then what else the block gives, in its order. */
  private static Signature classifier(ImageInput image, String... others) {
    List<Output> outputs = new ArrayList<>(
        List.of(Output.of(Output.LOGITS, 0), Output.softmax(Output.PROBABILITIES, 0)));
    for (String other : others) {
      outputs.add(Output.of(other, outputs.size() - 1));
    }
    return new Signature(List.of(image), outputs);
  }

  private static void requirePixels(Architecture architecture, int inputs, ImageInput image) {
    if (image.size().values() != inputs) {
      throw new InvalidInputException(architecture.name() + " takes " + inputs
          + " pixels, the image has " + image.size().values()
          + "; build the model for this image size");
    }
  }

  private static void requireSizes(int inputs, int classes) {
    if (inputs < 1 || classes < 2) {
      throw new InvalidInputException("a classifier of " + inputs + " inputs and " + classes
          + " classes cannot be; it needs 1 input and 2 classes");
    }
  }
}
