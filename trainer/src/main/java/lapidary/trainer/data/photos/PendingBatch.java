package lapidary.trainer.data.photos;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import lapidary.models.InvalidInputException;

/** A batch that workers are filling: each photo writes into its own part of one buffer, outside the heap, from which the engine reads. */
final class PendingBatch {
  private final PhotoLoader loader;
  private final long[] rows;
  private final ByteBuffer pixels;
  private final List<Future<Optional<SkippedPhoto>>> photos = new ArrayList<>();

  private PendingBatch(PhotoLoader loader, long[] rows) {
    this.loader = loader;
    this.rows = rows;
    this.pixels =
        ByteBuffer.allocateDirect(Math.multiplyExact(rows.length, loader.size().values()));
  }

  static PendingBatch submit(
      PhotoLoader loader,
      PhotoFiles.Opened files,
      long[] rows,
      long seed,
      ExecutorService workers) {
    PendingBatch batch = new PendingBatch(loader, rows);
    for (int i = 0; i < rows.length; i++) {
      int place = i;
      batch.photos.add(workers.submit(() -> batch.fill(files, place, seed)));
    }
    return batch;
  }

  /** Waits for every photo; those that could not be decoded are left out and added to {@code skipped}. */
  PhotoBatch await(List<SkippedPhoto> skipped) {
    int[] places = new int[rows.length];
    int count = 0;
    for (int i = 0; i < rows.length; i++) {
      Optional<SkippedPhoto> lost = result(photos.get(i));
      if (lost.isPresent()) {
        skipped.add(lost.get());
      } else {
        places[count++] = i;
      }
    }
    return kept(Arrays.copyOf(places, count));
  }

  private Optional<SkippedPhoto> fill(PhotoFiles.Opened files, int place, long seed) {
    int row = (int) rows[place];
    try {
      int values = loader.size().values();
      loader.load(files, row, seed).copyTo(pixels.slice(place * values, values));
      return Optional.empty();
    } catch (InvalidInputException e) {
      if (loader.options().strict()) {
        throw e;
      }
      return Optional.of(new SkippedPhoto(row, String.valueOf(e.getMessage())));
    }
  }

  private PhotoBatch kept(int[] places) {
    int values = loader.size().values();
    long[] keptRows = new long[places.length];
    int[] labels = new int[places.length];
    for (int i = 0; i < places.length; i++) {
      if (places[i] != i) {
        pixels.put(i * values, pixels, places[i] * values, values);
      }
      keptRows[i] = rows[places[i]];
      labels[i] = loader.photos().label((int) keptRows[i]);
    }
    return new PhotoBatch(pixels.slice(0, places.length * values), loader.size(), keptRows, labels);
  }

  private static Optional<SkippedPhoto> result(Future<Optional<SkippedPhoto>> photo) {
    try {
      return photo.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while waiting for photos");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException("a photo's worker failed", e);
    }
  }
}
