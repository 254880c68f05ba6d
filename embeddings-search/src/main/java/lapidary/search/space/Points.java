package lapidary.search.space;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.IntStream;
import lapidary.search.pca.Pca;

/**
 * Places in space, quantised to 16 bits an axis: {@value #BYTES} bytes a point, off by at most half of a 65,535th of the axis. Immutable,
 * thread-safe.
 */
public final class Points {
  /** Bytes of a point: three unsigned 16-bit numbers, the low byte first. */
  public static final int BYTES = 2 * Layout.AXES;

  private static final int LARGEST = 65_535;

  private final List<Axis> axes;
  private final byte[] bytes;

  private Points(List<Axis> axes, byte[] bytes) {
    this.axes = axes;
    this.bytes = bytes;
  }

  static Points of(Layout layout) {
    List<Axis> axes =
        IntStream.range(0, Layout.AXES).mapToObj(i -> axis(layout, i)).toList();
    float[] at = layout.at();
    ByteBuffer bytes = ByteBuffer.allocate(2 * at.length).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < at.length; i++) {
      bytes.putShort((short) quantised(at[i], axes.get(i % Layout.AXES)));
    }
    return new Points(axes, bytes.array());
  }

  /**
   * Places along the first axes of a fit, quantised.
   *
   * @param pca of at least {@value Layout#AXES} components
   * @param positions along them, [points][components]
   */
  public static Points along(Pca pca, float[][] positions) {
    float[] at = new float[positions.length * Layout.AXES];
    for (int i = 0; i < positions.length; i++) {
      System.arraycopy(positions[i], 0, at, i * Layout.AXES, Layout.AXES);
    }
    return of(PcaLayout.of(pca, at));
  }

  private static Axis axis(Layout layout, int axis) {
    float least = Float.POSITIVE_INFINITY;
    float most = Float.NEGATIVE_INFINITY;
    for (int i = axis; i < layout.at().length; i += Layout.AXES) {
      least = Math.min(least, layout.at()[i]);
      most = Math.max(most, layout.at()[i]);
    }
    return new Axis(layout.names().get(axis), layout.shares().get(axis), least, most);
  }

  private static long quantised(float value, Axis axis) {
    double length = (double) axis.most() - axis.least();
    return length == 0 ? 0 : Math.round(LARGEST * ((double) value - axis.least()) / length);
  }

  /** How many there are. */
  public int count() {
    return bytes.length / BYTES;
  }

  /** The axes. */
  public List<Axis> axes() {
    return axes;
  }

  /** The points from one on, {@code count} at most, {@value #BYTES} bytes each; a copy. */
  public byte[] bytes(int from, int count) {
    return Pieces.of(bytes, BYTES, from, count);
  }
}
