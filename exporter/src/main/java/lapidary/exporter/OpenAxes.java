package lapidary.exporter;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import lapidary.exporter.graph.Axes;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.Port;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Signature;
import lapidary.models.TensorInput;

/**
 * The dimensions of inputs that a file leaves open. A network is traced with all of them as its signature describes them, then
 * with one after another larger. Immutable.
 *
 * @param fixedBatch the batch size, at least 1, if it is fixed; empty leaves it open under the name {@value #BATCH}
 * @param named the others; axes of one name have one size
 */
public record OpenAxes(OptionalLong fixedBatch, List<Named> named) {
  /** The name of the first dimension of every input. */
  public static final String BATCH = Axes.BATCH;

  /** The batch alone. */
  static final OpenAxes BATCH_ONLY = new OpenAxes(OptionalLong.empty(), List.of());

  private static final String HEIGHT = "height";
  private static final String WIDTH = "width";
  // Never 1, which broadcasts and is squeezed away.
  private static final long BATCH_BASE = 2;
  private static final long BATCH_VARIED = 3;
  // Convolutional networks halve an image up to five times.
  private static final int STEP = 32;

  /**
   * An open dimension beside the batch.
   *
   * @param name what the file calls it, such as {@code length}
   * @param input the name of the input that has it
   * @param dimension which of the dimensions in the file it is; 0 is the batch, so 1 or more
   */
  public record Named(String name, String input, int dimension) {
    /** Refuses the dimension of the batch, its name, and a blank one. */
    public Named {
      if (dimension < 1) {
        throw new InvalidInputException("dimension " + dimension + " of input " + input
            + " cannot be named; give 1 or more, since 0 is the batch");
      }
      if (name.isBlank() || name.equals(BATCH)) {
        throw new InvalidInputException("\"" + name + "\" cannot name dimension " + dimension
            + " of input " + input + "; give a name that is neither blank nor " + BATCH);
      }
    }

    /** Its size in inputs of that description. */
    private long size(List<Input> inputs) {
      Input found = inputs.stream()
          .filter(candidate -> candidate.name().equals(input))
          .findFirst()
          .orElseThrow(() -> new ExportException("axis " + name + " is one of input " + input
              + ", but the inputs are "
              + inputs.stream().map(Input::name).toList() + "; name one of them"));
      if (found instanceof ImageInput image
          && image.layout() == ImageInput.Layout.NCHW
          && dimension <= 2) {
        return dimension == 1 ? image.size().height() : image.size().width();
      }
      if (found instanceof TensorInput tensor && dimension <= tensor.shape().size()) {
        return tensor.shape().get(dimension - 1);
      }
      throw new ExportException("axis " + name + " cannot be open: dimension " + dimension
          + " of input " + input
          + " has one size only or is not there; open height (1) or width (2)"
          + " of an image that the network takes as [N, C, H, W], or a dimension of a tensor");
    }
  }

  /**
   * The sizes of one trace.
   *
   * @param batch rows
   * @param above how much an axis is larger than the signature says, by its name; 0 where it is missing
   */
  record Sizes(long batch, Map<String, Integer> above) {
    Sizes {
      above = Map.copyOf(above);
    }
  }

  /** Copies the list; refuses a batch below 1 and a dimension that has two names. */
  public OpenAxes {
    named = List.copyOf(named);
    if (fixedBatch.isPresent() && fixedBatch.getAsLong() < 1) {
      throw new InvalidInputException("batch " + fixedBatch.getAsLong()
          + " is out of range; give at least 1, or omit it to leave the batch open");
    }
    Set<List<Object>> seen = new HashSet<>();
    for (Named axis : named) {
      if (!seen.add(List.of(axis.input(), axis.dimension()))) {
        throw new InvalidInputException("dimension " + axis.dimension() + " of input "
            + axis.input() + " has two names; give one");
      }
    }
  }

  OpenAxes withBatch(long size) {
    return new OpenAxes(OptionalLong.of(size), named);
  }

  OpenAxes with(Named axis) {
    List<Named> more = new ArrayList<>(named);
    more.add(axis);
    return new OpenAxes(fixedBatch, more);
  }

  /** The same with the height and width of an image open. */
  OpenAxes withSizeOf(ImageInput image) {
    return with(new Named(HEIGHT, image.name(), 1)).with(new Named(WIDTH, image.name(), 2));
  }

  /** Whether a dimension of an input beside the batch is open. */
  boolean isOpen(String input, int dimension) {
    return named.stream()
        .anyMatch(axis -> axis.input().equals(input) && axis.dimension() == dimension);
  }

  Port.Dimension batch() {
    return fixedBatch.isPresent() ? new Port.Fixed(fixedBatch.getAsLong()) : new Port.Open(BATCH);
  }

  /** A dimension of an input, which the signature describes as {@code size}. */
  Port.Dimension dimension(Input input, int dimension, long size) {
    return named.stream()
        .filter(axis -> axis.input().equals(input.name()) && axis.dimension() == dimension)
        .findFirst()
        .<Port.Dimension>map(axis -> new Port.Open(axis.name()))
        .orElseGet(() -> new Port.Fixed(size));
  }

  /**
   * The axes of a network with this signature, in the order of {@link #traced}.
   *
   * @throws ExportException if the signature does not have them
   */
  Axes axes(Signature signature) {
    List<Axes.Axis> axes = new ArrayList<>();
    if (fixedBatch.isEmpty()) {
      String first = signature.inputs().get(0).name();
      axes.add(new Axes.Axis(BATCH, first, 0, BATCH_BASE, BATCH_VARIED));
    }
    Map<String, Axes.Axis> others = new LinkedHashMap<>();
    for (Named axis : named) {
      long size = axis.size(signature.inputs());
      Axes.Axis added =
          new Axes.Axis(axis.name(), axis.input(), axis.dimension(), size, size + STEP);
      Axes.Axis known = others.putIfAbsent(axis.name(), added);
      if (known != null && known.base() != size) {
        throw new ExportException("axis " + axis.name() + " is " + known.base() + " in input "
            + known.input() + " and " + size + " in input " + axis.input()
            + "; describe both inputs with one size, or give the axes different names");
      }
    }
    axes.addAll(others.values());
    return new Axes(axes, List.of());
  }

  /** The sizes to trace at: all axes at their base, then one after another alone at another size. */
  List<Sizes> traced() {
    long batch = fixedBatch.orElse(BATCH_BASE);
    List<Sizes> sizes = new ArrayList<>(List.of(new Sizes(batch, Map.of())));
    if (fixedBatch.isEmpty()) {
      sizes.add(new Sizes(BATCH_VARIED, Map.of()));
    }
    names().forEach(name -> sizes.add(new Sizes(batch, Map.of(name, STEP))));
    return sizes;
  }

  /**
   * Sizes that are not multiples, for two more traces: one below a multiple, where what is rounded down shows of what it is a
   * multiple, and one above, where what is rounded up does. None if the batch alone is open.
   */
  List<Sizes> odd() {
    return named.isEmpty() ? List.of() : List.of(odd(STEP - 1, 1), odd(1, STEP - 1));
  }

  /** One number for the first axis, the other for the second, and so on. */
  private Sizes odd(int first, int second) {
    Map<String, Integer> above = new LinkedHashMap<>();
    names().forEach(name -> above.put(name, above.size() % 2 == 0 ? first : second));
    return new Sizes(fixedBatch.orElse(BATCH_BASE), above);
  }

  /** Sizes of no trace, for a network that takes multiples only. */
  Sizes multiples() {
    Map<String, Integer> above = new LinkedHashMap<>();
    names().forEach(name -> above.put(name, 2 * STEP + STEP * above.size()));
    return new Sizes(fixedBatch.orElse(BATCH_BASE), above);
  }

  /** Sizes of no trace, for parity: every axis beside the batch by another odd number larger. */
  Sizes others() {
    Map<String, Integer> above = new LinkedHashMap<>();
    names().forEach(name -> above.put(name, 17 + 23 * above.size()));
    return new Sizes(fixedBatch.orElse(BATCH_BASE), above);
  }

  /** The sizes of all axes in a batch, in the order of {@link #axes}. */
  List<Long> sizesOf(Batch batch) {
    List<Long> sizes = new ArrayList<>();
    if (fixedBatch.isEmpty()) {
      sizes.add((long) batch.count());
    }
    for (String name : names()) {
      named.stream()
          .filter(axis -> axis.name().equals(name))
          .findFirst()
          .ifPresent(axis -> sizes.add(axis.size(batch.inputs())));
    }
    return sizes;
  }

  private List<String> names() {
    return named.stream().map(Named::name).distinct().toList();
  }

  /** An input in the sizes of a trace. */
  Input grown(Input input, Sizes sizes) {
    Input grown = input;
    for (Named axis : named) {
      if (axis.input().equals(input.name())) {
        grown = grown(grown, axis.dimension(), sizes.above().getOrDefault(axis.name(), 0));
      }
    }
    return grown;
  }

  private static Input grown(Input input, int dimension, int more) {
    if (input instanceof ImageInput image) {
      ImageInput.Size size = image.size();
      return dimension == 1
          ? image.withSize(size.height() + more, size.width())
          : image.withSize(size.height(), size.width() + more);
    }
    TensorInput tensor = (TensorInput) input;
    List<Long> shape = new ArrayList<>(tensor.shape());
    shape.set(dimension - 1, shape.get(dimension - 1) + more);
    return new TensorInput(tensor.name(), tensor.type(), shape);
  }
}
