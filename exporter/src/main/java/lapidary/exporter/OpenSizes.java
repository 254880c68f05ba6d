package lapidary.exporter;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Signature;

/**
 * Which sizes of the inputs a graph leaves open, and the sizes to trace at.
 *
 * @param fixedBatch the batch size, if it is fixed
 * @param imageSize whether the height and width of images are open
 */
record OpenSizes(OptionalLong fixedBatch, boolean imageSize) {
  private static final String BATCH = "batch";
  private static final String HEIGHT = "height";
  private static final String WIDTH = "width";
  // Never 1, which broadcasts and is squeezed away.
  private static final long BATCH_BASE = 2;
  private static final long BATCH_VARIED = 3;
  // Convolutional networks halve the image up to five times.
  private static final int SIZE_STEP = 32;

  static OpenSizes of(ExportOptions options) {
    return new OpenSizes(options.batch(), options.dynamicSize());
  }

  Port.Dimension batch() {
    return fixedBatch.isPresent() ? new Port.Fixed(fixedBatch.getAsLong()) : new Port.Open(BATCH);
  }

  Port.Dimension height(ImageInput input) {
    return imageSize ? new Port.Open(HEIGHT) : new Port.Fixed(input.size().height());
  }

  Port.Dimension width(ImageInput input) {
    return imageSize ? new Port.Open(WIDTH) : new Port.Fixed(input.size().width());
  }

  Axes axes(Signature signature) {
    List<Axes.Axis> axes = new ArrayList<>();
    if (fixedBatch.isEmpty()) {
      axes.add(new Axes.Axis(BATCH, signature.inputs().get(0).name(), 0, BATCH_BASE, BATCH_VARIED));
    }
    if (imageSize) {
      ImageInput image = requireImage(signature);
      long height = image.size().height();
      long width = image.size().width();
      axes.add(new Axes.Axis(HEIGHT, image.name(), 1, height, height + SIZE_STEP));
      axes.add(new Axes.Axis(WIDTH, image.name(), 2, width, width + SIZE_STEP));
    }
    return new Axes(axes);
  }

  private static ImageInput requireImage(Signature signature) {
    Optional<ImageInput> image = signature.image();
    if (image.isEmpty() || image.get().layout() == ImageInput.Layout.FLAT) {
      throw new ExportException("a network that takes no image as [N, C, H, W] has no height and"
          + " width to leave open; export without dynamicSize");
    }
    return image.get();
  }

  /** The batch size and image size of one trace; {@code varied} is −1 for the base, else the axis that is not at its base. */
  Sizes sizes(Axes axes, int varied) {
    Sizes sizes = new Sizes(fixedBatch.orElse(BATCH_BASE), 0, 0);
    if (varied < 0) {
      return sizes;
    }
    return switch (axes.axes().get(varied).name()) {
      case BATCH -> new Sizes(BATCH_VARIED, 0, 0);
      case HEIGHT -> new Sizes(sizes.batch(), SIZE_STEP, 0);
      default -> new Sizes(sizes.batch(), 0, SIZE_STEP);
    };
  }

  /** An image input of another size. */
  static Input grown(Input input, Sizes sizes) {
    if (!(input instanceof ImageInput image) || (sizes.taller() == 0 && sizes.wider() == 0)) {
      return input;
    }
    return new ImageInput(
        image.name(),
        new ImageInput.Size(
            image.size().height() + sizes.taller(),
            image.size().width() + sizes.wider(),
            image.size().channels()),
        image.resize(),
        image.normalization(),
        image.layout());
  }

  /**
   * The sizes of one trace.
   *
   * @param batch rows
   * @param taller rows of pixels above the model's own
   * @param wider columns of pixels above the model's own
   */
  record Sizes(long batch, int taller, int wider) {}
}
