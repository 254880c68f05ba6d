package lapidary.search.predict;

/** What one output of a model gives for a picture. Immutable. */
public final class PictureVector {
  private final String output;
  private final String modelSha256;
  private final float[] values;

  PictureVector(String output, String modelSha256, float[] values) {
    this.output = output;
    this.modelSha256 = modelSha256;
    this.values = values.clone();
  }

  /** The name of the output. */
  public String output() {
    return output;
  }

  /** Digest of the model's file: what it may be compared with is of the same file and output. */
  public String modelSha256() {
    return modelSha256;
  }

  /** The values, [width]. */
  public float[] values() {
    return values.clone();
  }
}
