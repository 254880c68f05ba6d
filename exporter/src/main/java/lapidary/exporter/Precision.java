package lapidary.exporter;

/** The element type of weights and activations in the file. Inputs and outputs keep theirs. */
public enum Precision {
  /** 32-bit IEEE 754. Default tolerance 1e-4. */
  FP32(1e-4),
  /**
   * 16-bit IEEE 754, half the size. Default tolerance 1e-2. Operations that overflow or lose digits in 16 bits, such as softmax
   * and sums, stay in 32. On a CPU ONNX Runtime computes in 32 bits between 16-bit weights and may leave out casts, so parity
   * measured there shows the rounding of weights, and less than all of the rounding of activations on a GPU.
   */
  FP16(1e-2);

  private final double tolerance;

  Precision(double tolerance) {
    this.tolerance = tolerance;
  }

  /** The largest relative difference from the trainer's answers that is allowed by default. */
  public double tolerance() {
    return tolerance;
  }
}
