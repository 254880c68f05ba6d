package lapidary.trainer.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares a few convolutions of the engine on the CPU with plain loops. oneDNN 3.7.1, which PyTorch 2.7.1 computes them by, is
 * wrong on some processors for more than 16 input channels that are not a multiple of 16, and for channels-last input of a strided
 * 1×1 convolution; only batches of more than one are concerned. Some hundredths of a second.
 */
public final class ConvolutionProbe {
  /** What makes the engine keep to instructions whose convolutions are right; they are slower. */
  public static final String REMEDY = "ONEDNN_MAX_CPU_ISA=SSE41";

  private static final double TOLERANCE = 1e-3;
  private static final int BATCH = 4;

  private ConvolutionProbe() {}

  /** How the values of an image lie in memory. */
  enum Layout {
    /** A channel after the other, as Lapidary hands images over. */
    CONTIGUOUS,
    /** A pixel after the other, as a view. */
    CHANNELS_LAST
  }

  /**
   * A convolution of a batch of square images.
   *
   * @param in channels
   * @param out channels
   * @param kernel height and width; the padding is half of it
   * @param stride in both directions
   * @param size height and width of the images
   * @param layout of the images
   */
  record Shapes(int in, int out, int kernel, int stride, int size, Layout layout) {
    /** Height and width of the result. */
    int outSize() {
      return (size + 2 * (kernel / 2) - kernel) / stride + 1;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d to %d channels, %d×%d, stride %d, %s",
          in,
          out,
          kernel,
          kernel,
          stride,
          layout == Layout.CONTIGUOUS ? "contiguous" : "channels last");
    }
  }

  /** Those of the documented networks: they are to be right everywhere. */
  static final List<Shapes> DOCUMENTED = List.of(
      new Shapes(3, 64, 7, 2, 20, Layout.CONTIGUOUS),
      new Shapes(64, 64, 3, 1, 6, Layout.CONTIGUOUS),
      new Shapes(256, 512, 1, 2, 8, Layout.CONTIGUOUS));

  /** Those that were seen to be wrong somewhere. */
  static final List<Shapes> SUSPECT = List.of(
      new Shapes(24, 24, 3, 1, 8, Layout.CONTIGUOUS),
      new Shapes(40, 16, 3, 1, 8, Layout.CONTIGUOUS),
      new Shapes(24, 24, 3, 1, 8, Layout.CHANNELS_LAST),
      new Shapes(256, 512, 1, 2, 8, Layout.CHANNELS_LAST));

  /** One clause on what this machine's convolutions are worth. */
  static String verdict() {
    return verdict(Stream.concat(DOCUMENTED.stream(), SUSPECT.stream())
        .filter(ConvolutionProbe::isWrong)
        .toList());
  }

  static String verdict(List<Shapes> wrong) {
    return wrong.isEmpty()
        ? "convolutions agree with plain loops"
        : "convolutions in batches are WRONG on this processor: "
            + wrong.stream().map(Shapes::toString).collect(Collectors.joining("; "))
            + "; set " + REMEDY + " in the environment to train networks with such layers";
  }

  static boolean isWrong(Shapes shapes) {
    // Written so that a difference that is not a number is wrong too.
    return !(ShutdownFence.step(() -> difference(shapes)) <= TOLERANCE);
  }

  /** The largest difference between the engine's answer and the loops', as a share of the largest answer. */
  static double difference(Shapes shapes) {
    float[] images = random(1, BATCH * shapes.in() * shapes.size() * shapes.size());
    float[] weights = random(2, shapes.out() * shapes.in() * shapes.kernel() * shapes.kernel());
    float[] wanted = PlainConvolution.of(shapes, BATCH, images, weights);
    float[] given = engine(shapes, images, weights);
    double scale = 0;
    double worst = 0;
    for (int i = 0; i < wanted.length; i++) {
      worst = Math.max(worst, Math.abs((double) wanted[i] - given[i]));
      scale = Math.max(scale, Math.abs(wanted[i]));
    }
    return worst / scale;
  }

  private static float[] engine(Shapes shapes, float[] images, float[] weights) {
    int side = shapes.size();
    int kernel = shapes.kernel();
    try (NDManager manager = Engines.manager(Device.cpu())) {
      NDArray input = manager.create(images, new Shape(BATCH, shapes.in(), side, side));
      if (shapes.layout() == Layout.CHANNELS_LAST) {
        // The same values, each pixel's channels beside each other in memory.
        NDArray pixels = input.transpose(0, 2, 3, 1).reshape(-1);
        input = pixels.reshape(BATCH, side, side, shapes.in()).transpose(0, 3, 1, 2);
      }
      NDArray weight =
          manager.create(weights, new Shape(shapes.out(), shapes.in(), kernel, kernel));
      NDArray bias = manager.zeros(new Shape(shapes.out()));
      return Conv2d.conv2d(
              input,
              weight,
              bias,
              new Shape(shapes.stride(), shapes.stride()),
              new Shape(kernel / 2, kernel / 2))
          .head()
          .toFloatArray();
    }
  }

  private static float[] random(long seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(-100, 101) / 100f;
    }
    return values;
  }
}
