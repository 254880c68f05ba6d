package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Pixels;
import lapidary.models.Provenance;
import lapidary.models.Task;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;
import lapidary.trainer.examples.TensorSet;
import lapidary.trainer.examples.Tensors;
import lapidary.trainer.kind.ImageModel;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.Answers;

/** Labelled images for a classifier. */
record ImageSubject(ImageDataset data, Architecture architecture, ImageInput input)
    implements Subject {
  /** Refuses images that the model does not take. */
  static ImageSubject of(ImageModel model, ImageDataset data) {
    Pixels pixels = data.train().pixels();
    if (pixels.channels() != 1) {
      throw new InvalidInputException(model.name() + " takes grey images, "
          + data.source().name() + " has " + pixels.channels() + " channels; give grey images");
    }
    ImageInput input = model.input(pixels.height(), pixels.width(), PixelStatistics.of(pixels));
    Architecture architecture = model.architecture(input.size(), data.labels().size());
    return new ImageSubject(data, architecture, input);
  }

  @Override
  public DataSource source() {
    return data.source();
  }

  @Override
  public SortedMap<String, String> identity() {
    return new TreeMap<>(Map.of("data sha256", data.source().sha256()));
  }

  @Override
  public int trainRows() {
    return data.train().count();
  }

  @Override
  public TensorSet train(Device device) {
    return tensors(device, data.train(), input);
  }

  @Override
  public TensorSet valid(Device device) {
    return tensors(device, data.test(), input);
  }

  /**
   * Images as bytes, a quarter of the memory of floats; each batch is scaled, normalised and laid out on the device as
   * {@link ImageInput#toNetwork} would.
   */
  static TensorSet tensors(Device device, LabelledImages images, ImageInput input) {
    Pixels pixels = images.pixels();
    Shape shape = new Shape(pixels.count(), input.size().values());
    ByteBuffer direct = ByteBuffer.allocateDirect(Math.toIntExact(shape.size()));
    pixels.copyTo(direct);
    direct.flip();
    return TensorSet.of(
        device,
        manager -> new Tensors(
            List.of(manager.create(direct, shape, DataType.UINT8)),
            Tensors.classes(manager, images.labels()),
            PixelScaling.of(manager, input)));
  }

  @Override
  public Loss loss() {
    return Losses.crossEntropy();
  }

  @Override
  public List<Metric> metrics() {
    return List.of(Metrics.accuracy(), Metrics.errorRate());
  }

  @Override
  public ModelDescription describe(Provenance provenance) {
    return new ModelDescription(
        architecture,
        Task.CLASSIFICATION,
        data.labels(),
        architecture.signature(input),
        provenance,
        ModelDescription.Evidence.NONE);
  }

  @Override
  public Optional<Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.of(new ClassifierAnswers(
            data.labels(), row -> data.test().pixels().slice(row, row + 1))
        .of(predictions, rowOf));
  }
}
