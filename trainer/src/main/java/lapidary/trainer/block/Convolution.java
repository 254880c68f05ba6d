package lapidary.trainer.block;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;

/** Convolutions as residual networks have them. Stateless. */
final class Convolution {
  private Convolution() {}

  /** A square kernel without bias, padded so that stride 1 keeps height and width: [N, C, H, W] → [N, filters, H/stride, W/stride]. */
  static Conv2d of(int filters, int kernel, int stride) {
    return Conv2d.builder()
        .setFilters(filters)
        .setKernelShape(new Shape(kernel, kernel))
        .optStride(new Shape(stride, stride))
        .optPadding(new Shape(kernel / 2, kernel / 2))
        .optBias(false)
        .build();
  }
}
