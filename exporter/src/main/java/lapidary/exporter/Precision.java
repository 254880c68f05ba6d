package lapidary.exporter;

/** The element type of weights and activations in the file. Inputs and outputs keep theirs. */
public enum Precision {
  /** 32-bit IEEE 754. Default tolerance 1e-4. */
  FP32(1e-4, 1, 0),
  /**
   * 16-bit IEEE 754, half the size. Default tolerance 1e-2, of which half has to be left on the rows that are compared. Operations that overflow or lose digits in 16 bits, such as softmax
   * and sums, stay in 32. On a CPU ONNX Runtime computes in 32 bits between 16-bit weights and may leave out casts, so parity
   * measured there shows the rounding of weights, and less than all of the rounding of activations on a GPU.
   */
  FP16(1e-2, 2, 4);

  private final double tolerance;
  private final double margin;
  private final int further;

  Precision(double tolerance, double margin, int further) {
    this.tolerance = tolerance;
    this.margin = margin;
    this.further = further;
  }

  /** How many times nearer the answers have to be on the rows that are compared than on all others, which the tolerance is for. */
  double margin() {
    return margin;
  }

  /** How many more large batches are compared than without rounding, which hits every row another way. */
  int further() {
    return further;
  }

  /** The largest relative difference from the trainer's answers that is allowed by default. */
  public double tolerance() {
    return tolerance;
  }
}
