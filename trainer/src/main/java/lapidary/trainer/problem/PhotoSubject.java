package lapidary.trainer.problem;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Sha256;
import lapidary.models.Task;
import lapidary.models.TrainingSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoSet;
import lapidary.trainer.examples.Examples;
import lapidary.trainer.examples.MixUp;
import lapidary.trainer.kind.PhotoModel;
import lapidary.trainer.loss.Loss;
import lapidary.trainer.loss.Losses;
import lapidary.trainer.metric.Metric;
import lapidary.trainer.metric.Metrics;
import lapidary.trainer.metric.Predictions;
import lapidary.trainer.network.Network;
import lapidary.trainer.network.PretrainedWeights;
import lapidary.trainer.report.Answers;

/** Photos by class for a residual network with a new head. */
record PhotoSubject(PhotoDataset data, PhotoOptions options, Architecture architecture, int batch)
    implements Subject {
  static PhotoSubject of(PhotoModel model, int batch, PhotoDataset data, PhotoOptions options) {
    return new PhotoSubject(data, options, model.architecture(data.labels().size()), batch);
  }

  private ImageInput input() {
    return ImageInput.resnet(options.size());
  }

  @Override
  public DataSource source() {
    return data.source();
  }

  @Override
  public Optional<TrainingSplit> division() {
    return data.division();
  }

  @Override
  public SortedMap<String, String> identity() {
    SortedMap<String, String> identity = new TreeMap<>();
    identity.put("data sha256", data.source().sha256());
    identity.put("validation photos", Integer.toString(data.valid().count()));
    options.pretrained().ifPresent(file -> identity.put("pretrained sha256", sha256(file)));
    return identity;
  }

  private static String sha256(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      throw new InvalidInputException(
          "cannot read pretrained weights " + file + ": " + e + "; give a file you can read", e);
    }
  }

  @Override
  public SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> map = new TreeMap<>();
    map.put("size", Integer.toString(options.size()));
    map.put("augment", options.augmentation().text());
    options.mixUp().ifPresent(mix -> map.put("mixup", Double.toString(mix.alpha())));
    map.put(
        "pretrained",
        options.pretrained().map(file -> file.getFileName().toString()).orElse("none"));
    return map;
  }

  @Override
  public int trainRows() {
    return data.train().count();
  }

  @Override
  public Examples train(Device device) {
    return examples(device, data.train(), options.augmentation());
  }

  @Override
  public Examples valid(Device device) {
    return examples(device, data.valid(), Augmentation.NONE);
  }

  @Override
  public Optional<MixUp> mixUp() {
    return options.mixUp();
  }

  private Examples examples(Device device, PhotoSet photos, Augmentation augmentation) {
    return PhotoExamples.of(device, photos, input(), augmentation, options.loading(), batch);
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
  public Optional<String> prepare(Network network) {
    return options.pretrained().map(file -> {
      List<String> left = PretrainedWeights.read(file).fillBody(network);
      return "pretrained weights from " + file
          + (left.isEmpty() ? "" : "; its classifier " + left + " is left out for a new head");
    });
  }

  @Override
  public ModelDescription describe(Provenance provenance) {
    return new ModelDescription(
        architecture,
        Task.CLASSIFICATION,
        data.labels(),
        architecture.signature(input()),
        provenance,
        ModelDescription.Evidence.NONE);
  }

  @Override
  public Optional<Answers> answers(Predictions predictions, IntUnaryOperator rowOf) {
    return Optional.of(ClassifierAnswers.of(data, input()).of(predictions, rowOf));
  }
}
