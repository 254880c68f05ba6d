package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoBatch;
import lapidary.trainer.data.photos.PhotoBatches;
import lapidary.trainer.data.photos.PhotoLoader;
import lapidary.trainer.data.photos.PhotoSet;
import lapidary.trainer.data.photos.SkippedPhoto;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.examples.Batch;
import lapidary.trainer.examples.BatchOrder;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.examples.Preparation;

/** Photos that are decoded anew in each pass, ahead of the network; scaled, normalised and laid out on the device. */
final class PhotoExamples implements Examples {
  private final NDManager manager;
  private final PhotoLoader loader;
  private final Preparation preparation;
  private final int rowsAtOnce;
  private final SortedMap<Long, String> skipped = new TreeMap<>();
  private List<Long> read = new ArrayList<>();

  private PhotoExamples(Device device, PhotoLoader loader, ImageInput input, int rowsAtOnce) {
    this.manager = Engines.manager(device);
    this.loader = loader;
    this.preparation = PixelScaling.of(manager, input);
    this.rowsAtOnce = rowsAtOnce;
  }

  static PhotoExamples of(
      Device device,
      PhotoSet photos,
      ImageInput input,
      Augmentation augmentation,
      LoaderOptions loading,
      int rowsAtOnce) {
    return new PhotoExamples(
        device, new PhotoLoader(photos, input, augmentation, loading), input, rowsAtOnce);
  }

  @Override
  public int rows() {
    return loader.photos().count();
  }

  @Override
  public int rowsAtOnce() {
    return rowsAtOnce;
  }

  @Override
  public List<String> skipped() {
    return List.copyOf(skipped.values());
  }

  @Override
  public int rowOf(int number) {
    return Math.toIntExact(read.get(number));
  }

  @Override
  public Pass pass(BatchOrder order, int from) {
    read = new ArrayList<>();
    return new Decoding(loader.open(order.rows(), order.size(), order.seed(), from));
  }

  @Override
  public void close() {
    if (manager.isOpen()) {
      manager.close();
    }
  }

  private final class Decoding implements Pass {
    private final PhotoBatches batches;

    Decoding(PhotoBatches batches) {
      this.batches = batches;
    }

    @Override
    public Batch next(NDManager scope) {
      PhotoBatch batch = batches.next();
      Arrays.stream(batch.rows()).forEach(read::add);
      batches.skipped().forEach(this::note);
      if (batch.count() == 0) {
        return new Batch(new NDList(), scope.zeros(new Shape(0)));
      }
      return new Batch(new NDList(preparation.prepare(bytes(scope, batch))), targets(scope, batch));
    }

    private void note(SkippedPhoto photo) {
      skipped.put(photo.row(), photo.reason());
      if (skipped.size() == rows()) {
        throw new InvalidInputException(
            "none of " + rows() + " photos can be read, the first being: " + photo.reason());
      }
    }

    @Override
    public void close() {
      batches.close();
    }
  }

  private static NDArray bytes(NDManager scope, PhotoBatch batch) {
    ByteBuffer bytes = batch.bytes();
    Shape shape = new Shape(batch.count(), bytes.capacity() / batch.count());
    return scope.create(bytes, shape, DataType.UINT8);
  }

  private static NDArray targets(NDManager scope, PhotoBatch batch) {
    long[] classes = Arrays.stream(batch.labels()).asLongStream().toArray();
    return scope.create(classes, new Shape(classes.length, 1));
  }
}
