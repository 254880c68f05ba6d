package lapidary.trainer.engine;

/** A convolution as its definition says, summed in double: what the engine's are judged by. Slow, right everywhere. */
final class PlainConvolution {
  private final ConvolutionProbe.Shapes shapes;
  private final float[] images;
  private final float[] weights;

  private PlainConvolution(ConvolutionProbe.Shapes shapes, float[] images, float[] weights) {
    this.shapes = shapes;
    this.images = images;
    this.weights = weights;
  }

  /**
   * Cross-correlation with zero padding of half the kernel, as networks call convolution.
   *
   * @param images [batch, in, size, size]
   * @param weights [out, in, kernel, kernel]
   * @return [batch, out, outSize, outSize]
   */
  static float[] of(ConvolutionProbe.Shapes shapes, int batch, float[] images, float[] weights) {
    PlainConvolution plain = new PlainConvolution(shapes, images, weights);
    int side = shapes.outSize();
    float[] result = new float[batch * shapes.out() * side * side];
    for (int i = 0; i < result.length; i++) {
      int map = i / (side * side);
      int row = i / side % side * shapes.stride() - shapes.kernel() / 2;
      int column = i % side * shapes.stride() - shapes.kernel() / 2;
      result[i] = (float) plain.sum(map / shapes.out(), map % shapes.out(), row, column);
    }
    return result;
  }

  /** One value: the window whose first pixel is at {@code top}, {@code left}, which may lie in the padding. */
  private double sum(int image, int out, int top, int left) {
    double sum = 0;
    for (int in = 0; in < shapes.in(); in++) {
      int plane = (image * shapes.in() + in) * shapes.size();
      int kernel = (out * shapes.in() + in) * shapes.kernel();
      for (int y = 0; y < shapes.kernel(); y++) {
        for (int x = 0; x < shapes.kernel(); x++) {
          if (isInside(top + y) && isInside(left + x)) {
            sum += (double) images[(plane + top + y) * shapes.size() + left + x]
                * weights[(kernel + y) * shapes.kernel() + x];
          }
        }
      }
    }
    return sum;
  }

  private boolean isInside(int at) {
    return at >= 0 && at < shapes.size();
  }
}
