package lapidary.search;

import lapidary.runtime.Embedder;

/** Turns an encoded image into the vector that one output of one model gives for it. Thread-safe. */
public interface ImageEmbedder {
  /** Digest of the model's file, 64 lower-case hexadecimal digits. */
  String modelSha256();

  /** The name of the model's output. */
  String output();

  /**
   * The vector of one image.
   *
   * @param encoded a PNG, JPEG, GIF, BMP or WebP file's bytes
   * @param source what to call the image in an error
   * @throws lapidary.models.InvalidInputException if the bytes are not an image
   */
  float[] embed(byte[] encoded, String source);

  /** The same over an opened model, which stays its owner's to close. */
  static ImageEmbedder of(Embedder embedder) {
    return new ImageEmbedder() {
      @Override
      public String modelSha256() {
        return embedder.modelSha256();
      }

      @Override
      public String output() {
        return embedder.output();
      }

      @Override
      public float[] embed(byte[] encoded, String source) {
        return embedder.embed(encoded, source);
      }
    };
  }
}
