package lapidary.trainer;

import ai.djl.Device;
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
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.report.ReportData;

/** Labelled images for a classifier. */
record ImageSubject(ImageDataset data, Architecture architecture, ImageInput input)
    implements Subject {
  /** Refuses images that the model does not take. */
  static ImageSubject of(ModelChoice model, ImageDataset data) {
    Pixels pixels = data.train().pixels();
    int values = pixels.height() * pixels.width() * pixels.channels();
    // First of all: what takes no images takes no grey ones either.
    Architecture architecture = model.architecture(values, data.labels().size());
    if (pixels.channels() != 1) {
      throw new InvalidInputException(model.name() + " takes grey images, "
          + data.source().name() + " has " + pixels.channels() + " channels; give grey images");
    }
    ImageInput input =
        ImageInput.flatGrey(pixels.height(), pixels.width(), PixelStatistics.of(pixels));
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
    return TensorSet.images(device, data.train(), input);
  }

  @Override
  public TensorSet valid(Device device) {
    return TensorSet.images(device, data.test(), input);
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
        Networks.signature(architecture, input),
        provenance,
        ModelDescription.Evidence.NONE);
  }

  @Override
  public Optional<ReportData.Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.of(new ClassifierAnswers(
            data.labels(), row -> data.test().pixels().slice(row, row + 1))
        .of(predictions, rowOf));
  }
}
