package lapidary.trainer.problem;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import lapidary.models.ImageInput;
import lapidary.models.Normalization;
import lapidary.trainer.examples.Preparation;

/** Bytes [N, H·W·C] to the network's float32 input, as {@link ImageInput#toNetwork} does it, on the device. */
final class PixelScaling implements Preparation {
  private final ImageInput input;
  private final NDArray factor;
  private final NDArray offset;
  private final boolean shifts;

  private PixelScaling(ImageInput input, NDArray factor, NDArray offset) {
    this.input = input;
    this.factor = factor;
    this.offset = offset;
    this.shifts = input.normalization().mean().stream().anyMatch(mean -> mean != 0);
  }

  static PixelScaling of(NDManager manager, ImageInput input) {
    Normalization normalization = input.normalization();
    int channels = normalization.channels();
    float[] factors = new float[channels];
    float[] offsets = new float[channels];
    for (int c = 0; c < channels; c++) {
      factors[c] = normalization.factor(c);
      offsets[c] = normalization.offset(c);
    }
    // One channel broadcasts as a scalar, which the engine does fastest.
    Shape shape = channels == 1 ? new Shape() : new Shape(channels);
    return new PixelScaling(input, manager.create(factors, shape), manager.create(offsets, shape));
  }

  @Override
  public NDArray prepare(NDArray bytes) {
    ImageInput.Size size = input.size();
    NDArray values = bytes.toType(DataType.FLOAT32, false);
    boolean grey = size.channels() == 1;
    NDArray pixels =
        grey ? values : values.reshape(-1, size.height(), size.width(), size.channels());
    pixels.muli(factor);
    if (shifts) {
      pixels.addi(offset);
    }
    return laidOut(pixels, size);
  }

  private NDArray laidOut(NDArray pixels, ImageInput.Size size) {
    if (input.layout() == ImageInput.Layout.FLAT) {
      return size.channels() == 1 ? pixels : pixels.reshape(-1, size.values());
    }
    return size.channels() == 1
        ? pixels.reshape(-1, 1, size.height(), size.width())
        : contiguous(pixels.transpose(0, 3, 1, 2), size);
  }

  /**
   * Flattening a transposed view copies it into the order of its axes. Handed over as a view, the values would lead the engine
   * into its channels-last convolutions, some of which are wrong on some processors.
   */
  private static NDArray contiguous(NDArray view, ImageInput.Size size) {
    return view.reshape(-1, size.values())
        .reshape(-1, size.channels(), size.height(), size.width());
  }
}
