package lapidary.models;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** The shape of a network: enough to build it again before its weights are read. Immutable values. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "name")
@JsonSubTypes({
  @JsonSubTypes.Type(
      value = Architecture.MnistLogistic.class,
      name = Architecture.MnistLogistic.NAME),
  @JsonSubTypes.Type(value = Architecture.MnistNn.class, name = Architecture.MnistNn.NAME),
  @JsonSubTypes.Type(value = Architecture.Collab.class, name = Architecture.Collab.NAME),
  @JsonSubTypes.Type(value = Tabular.class, name = Tabular.NAME),
  @JsonSubTypes.Type(value = Architecture.Custom.class, name = "custom")
})
public sealed interface Architecture
    permits Architecture.MnistLogistic,
        Architecture.MnistNn,
        Architecture.Collab,
        Architecture.Custom,
        Tabular {
  /** The names of the documented models, in the order of the documentation. */
  List<String> DOCUMENTED = List.of(MnistLogistic.NAME, MnistNn.NAME, Collab.NAME, Tabular.NAME);

  /** The model's name, such as {@code mnist-nn}. */
  String name();

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
  }

  private static void requireSizes(int inputs, int classes) {
    if (inputs < 1 || classes < 2) {
      throw new InvalidInputException("a classifier of " + inputs + " inputs and " + classes
          + " classes cannot be; it needs 1 input and 2 classes");
    }
  }
}
