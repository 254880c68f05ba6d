package lapidary.search.embed;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;

/**
 * A file that makes vectors, handed batches as it takes them. Thread-safe.
 */
final class OpenedModel implements VectorModel {
  /** Values of a batch: 16 photos of 224×224, of small ones 250. */
  private static final int VALUES = 2_500_000;

  private static final int MOST = 250;

  /** Batches that a GPU has at a time: one to work on while another comes. Each takes its memory. */
  private static final int AT_A_TIME = 2;

  private final Embedder embedder;
  private final Semaphore places;

  /** @param embedder the opened file */
  OpenedModel(Embedder embedder) {
    this.embedder = embedder;
    this.places = new Semaphore(onCpu(embedder) ? Integer.MAX_VALUE : AT_A_TIME);
  }

  private static boolean onCpu(Embedder embedder) {
    return embedder.model().device().used().startsWith("cpu");
  }

  @Override
  public int width() {
    return embedder.width();
  }

  @Override
  public ImageInput input() {
    return embedder.input();
  }

  @Override
  public int batch() {
    int fitting = VALUES / input().size().values();
    return fixed() > 0 ? (int) fixed() : Math.max(1, Math.min(MOST, fitting));
  }

  /** The weights by the file's digest, and what rounds otherwise. */
  @Override
  public Map<String, String> identity() {
    return Map.of(
        "model", embedder.modelSha256(),
        "output", embedder.output(),
        "device", embedder.model().device().used());
  }

  @Override
  public float[][] embed(Pixels pictures) {
    places.acquireUninterruptibly();
    try {
      return whole(pictures);
    } finally {
      places.release();
    }
  }

  /** A batch that is too small for a file that takes one size only is filled up with black pictures, whose vectors are dropped. */
  private float[][] whole(Pixels pictures) {
    int missing = (int) fixed() - pictures.count();
    if (missing <= 0) {
      return embedder.embed(pictures);
    }
    byte[] black = new byte[missing * pictures.height() * pictures.width() * pictures.channels()];
    Pixels filler =
        Pixels.of(missing, pictures.height(), pictures.width(), pictures.channels(), black);
    return Arrays.copyOf(
        embedder.embed(Pixels.joined(List.of(pictures, filler))), pictures.count());
  }

  /** The batch size of a file that takes no other, else −1. */
  private long fixed() {
    return embedder.model().inputs().get(0).shape().get(0);
  }
}
