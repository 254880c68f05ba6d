package lapidary.search.embed;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;

/**
 * A stream of pictures to a stream of vectors. Each worker takes a batch, decodes its pictures one by one and runs the model on them,
 * so that all processor cores decode and multiply without waiting for each other; batches are handed on in order. What goes into
 * a batch depends on the order of the pictures alone: the same pictures give the same vectors, whatever the number of workers.
 *
 * <p>In memory are at most one batch of decoded pictures a worker, and the vectors (and small pictures) of three batches a
 * worker; pictures are taken from the stream so far ahead. Thread-safe: runs do not know of each other.
 *
 * <p>A model on a CPU is best opened for one thread ({@code Device.cpu(1)}), since the workers keep the cores busy:
 *
 * <pre>{@code
 * try (Embedder embedder = Embedder.open(file, Device.cpu(1))) {
 *   EmbeddingPipeline.of(VectorModel.of(embedder), EmbeddingOptions.standard())
 *       .run(pictures.iterator(), batch -> batch.embedded().forEach(this::store));
 * }
 * }</pre>
 */
public final class EmbeddingPipeline {
  private static final int AHEAD = 3;

  private final VectorModel model;
  private final EmbeddingOptions options;
  private final BooleanSupplier keepsPixels;

  private EmbeddingPipeline(
      VectorModel model, EmbeddingOptions options, BooleanSupplier keepsPixels) {
    this.model = model;
    this.options = options;
    this.keepsPixels = keepsPixels;
  }

  /** A pipeline through a model, which stays its owner's to close. */
  public static EmbeddingPipeline of(VectorModel model, EmbeddingOptions options) {
    return new EmbeddingPipeline(model, options, () -> false);
  }

  /** The same, whose pictures keep their pixels while that is wanted. It is asked on the workers. */
  EmbeddingPipeline keepingPixels(BooleanSupplier wanted) {
    return new EmbeddingPipeline(model, options, wanted);
  }

  /**
   * Embeds pictures until there are no more. Stream and sink are used on the calling thread. When it returns or throws, its threads
   * have ended.
   *
   * @throws InvalidInputException if, being strict, a picture cannot be decoded: the first of them, all before it having gone to the sink
   * @throws CancellationException if the thread is interrupted; it stays so
   */
  public void run(Iterator<Picture> pictures, EmbeddingSink sink) {
    Queue<Future<EmbeddedBatch>> ahead = new ArrayDeque<>();
    try (EmbeddingWorkers workers = new EmbeddingWorkers(options.workers())) {
      while (pictures.hasNext() || !ahead.isEmpty()) {
        while (pictures.hasNext() && ahead.size() < AHEAD * options.workers()) {
          List<Picture> batch = next(pictures);
          ahead.add(workers.submit(() -> embed(batch)));
        }
        sink.take(EmbeddingWorkers.result(ahead.remove()));
      }
    }
  }

  private List<Picture> next(Iterator<Picture> pictures) {
    List<Picture> batch = new ArrayList<>();
    while (pictures.hasNext() && batch.size() < model.batch()) {
      batch.add(pictures.next());
    }
    return batch;
  }

  private EmbeddedBatch embed(List<Picture> pictures) {
    List<Picture.Decoded> decoded = new ArrayList<>();
    List<InvalidInputException> refused = new ArrayList<>();
    for (Picture picture : pictures) {
      if (Thread.currentThread().isInterrupted()) {
        throw new CancellationException("interrupted while decoding pictures");
      }
      try {
        decoded.add(picture.decode(model.input(), options.thumbnails()));
      } catch (InvalidInputException e) {
        refuse(e, refused);
      }
    }
    return new EmbeddedBatch(pictures.size(), embedded(decoded), refused);
  }

  private void refuse(InvalidInputException reason, List<InvalidInputException> refused) {
    if (options.strict()) {
      throw reason;
    }
    refused.add(reason);
  }

  private List<EmbeddedPicture> embedded(List<Picture.Decoded> decoded) {
    if (decoded.isEmpty()) {
      return List.of();
    }
    float[][] vectors =
        model.embed(Pixels.joined(decoded.stream().map(Picture.Decoded::pixels).toList()));
    boolean withPixels = keepsPixels.getAsBoolean();
    List<EmbeddedPicture> embedded = new ArrayList<>();
    for (int i = 0; i < vectors.length; i++) {
      embedded.add(EmbeddedPicture.of(decoded.get(i), vectors[i], withPixels));
    }
    return embedded;
  }
}
