package lapidary.search.pca;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.stream.IntStream;
import lapidary.runtime.device.DenseProduct;

/**
 * Products in single precision by ONNX Runtime, within a block; blocks are added in double. Columns go in panels, so that only one
 * of two equal products is made, on all processors; each panel is one thread's, so the digits do not depend on their number.
 */
final class GemmScatter implements Scatter {
  private static final int BLOCK = 1024;
  private static final int PANEL = 128;
  /** The steps of single precision that a power of two can be divided by and stay a number. */
  private static final int MOST_SHIFT = 126;

  private final FloatBuffer[] panels;
  /** The powers of two that the panels were scaled down by, against overflow of their squares. */
  private final int[] shifts;

  GemmScatter(int columns) {
    this.panels = new FloatBuffer[(columns + PANEL - 1) / PANEL];
    this.shifts = new int[panels.length];
    for (int p = 0; p < panels.length; p++) {
      int width = Math.min(PANEL, columns - p * PANEL);
      panels[p] = ByteBuffer.allocateDirect(BLOCK * width * Float.BYTES)
          .order(ByteOrder.nativeOrder())
          .asFloatBuffer();
    }
  }

  @Override
  public int block() {
    return BLOCK;
  }

  /** Sums of a block are right to 4e-8 or so of the variances. */
  @Override
  public double noise() {
    return 1e-7;
  }

  @Override
  public void add(double[][] sums, float[][] rows, int count, double[] mean) {
    float[] near = new float[mean.length];
    double[] rest = new double[mean.length];
    for (int i = 0; i < mean.length; i++) {
      near[i] = (float) mean[i];
      rest[i] = mean[i] - near[i];
    }
    IntStream.range(0, panels.length).parallel().forEach(p -> fill(p, rows, count, near));
    IntStream.range(0, panels.length * panels.length)
        .filter(pair -> pair / panels.length <= pair % panels.length)
        .parallel()
        .forEach(pair -> multiply(sums, pair / panels.length, pair % panels.length, count));
    // The deviations were from a mean rounded to a float.
    Moments.addSquare(sums, rest, -count);
  }

  private void fill(int p, float[][] rows, int count, float[] mean) {
    int from = p * PANEL;
    FloatBuffer panel = panels[p].clear();
    float[] part = new float[panel.capacity() / BLOCK];
    float[] middle = new float[part.length];
    System.arraycopy(mean, from, middle, 0, part.length);
    shifts[p] = shift(rows, count, from, part.length);
    float scale = Math.scalb(1f, -shifts[p]);
    for (int i = 0; i < part.length; i++) {
      middle[i] *= scale;
    }
    for (int r = 0; r < count; r++) {
      System.arraycopy(rows[r], from, part, 0, part.length);
      for (int i = 0; i < part.length; i++) {
        part[i] = part[i] * scale - middle[i];
      }
      panel.put(part);
    }
    panel.flip();
  }

  /** The exponent of the largest magnitude. */
  private static int shift(float[][] rows, int count, int from, int width) {
    float[] largest = new float[width];
    float[] part = new float[width];
    for (int r = 0; r < count; r++) {
      System.arraycopy(rows[r], from, part, 0, width);
      for (int i = 0; i < width; i++) {
        largest[i] = Math.max(largest[i], Math.abs(part[i]));
      }
    }
    float most = 0;
    for (float value : largest) {
      most = Math.max(most, value);
    }
    return Math.max(-MOST_SHIFT, Math.min(MOST_SHIFT, Math.getExponent(most)));
  }

  private void multiply(double[][] sums, int p, int q, int count) {
    float[] product = DenseProduct.transposed(panels[p].duplicate(), panels[q].duplicate(), count);
    int height = panels[p].limit() / count;
    int width = panels[q].limit() / count;
    double scale = Math.scalb(1., shifts[p] + shifts[q]);
    for (int i = 0; i < height; i++) {
      double[] target = sums[p * PANEL + i];
      for (int j = p == q ? i : 0; j < width; j++) {
        target[q * PANEL + j] += scale * product[i * width + j];
      }
    }
  }
}
