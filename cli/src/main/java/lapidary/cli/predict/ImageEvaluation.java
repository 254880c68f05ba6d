package lapidary.cli.predict;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.option.DataOption;
import lapidary.cli.option.TrainedData;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.score.ClassifierScore;
import lapidary.runtime.score.Comparison;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;

/** An image classifier on labelled images. Not thread-safe. */
final class ImageEvaluation implements Evaluation {
  private static final int BATCH = 1000;

  private final ImageClassifier classifier;
  private final DataSource source;
  private final DataOption.Split part;
  private final LabelledImages images;

  private ImageEvaluation(
      ImageClassifier classifier, DataSource source, DataOption.Split part, LabelledImages images) {
    this.classifier = classifier;
    this.source = source;
    this.part = part;
    this.images = images;
  }

  /** @param model is borrowed */
  static ImageEvaluation of(Model model, String data, PartOption option, Console console) {
    DataOption.Split part = part(option);
    ImageDataset set = ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
    ImageClassifier classifier = ImageClassifier.of(model);
    requireSameClasses(classifier, set);
    if (part == DataOption.Split.train) {
      TrainedData.of(model).warnOfTraining(set.source(), console);
    }
    return new ImageEvaluation(classifier, set.source(), part, part.of(set));
  }

  @Override
  public Evaluated score() {
    ClassifierScore score = ClassifierScore.of(classifier, images.pixels(), images.labels());
    return Evaluated.classes(
        source.name(),
        part.name(),
        score,
        score.accuracy(),
        String.format(
            Locale.ROOT,
            "accuracy %.4f, log loss %.4f, %d images",
            score.accuracy(),
            score.logLoss(),
            score.count()));
  }

  @Override
  public Compared compare(Comparison comparison, double tolerance) {
    Pixels pixels = images.pixels();
    for (int from = 0; from < pixels.count(); from += BATCH) {
      Pixels batch = pixels.slice(from, Math.min(pixels.count(), from + BATCH));
      comparison.add(Map.of(classifier.input().name(), Tensor.pixels(batch)));
    }
    return Compared.classes(
        source.name(),
        part.name(),
        comparison.classes(images.labels()),
        classifier.labels(),
        row -> "image " + row,
        List.of());
  }

  private static DataOption.Split part(PartOption option) {
    if (option.givenByChance()) {
      throw new InvalidInputException(
          "--valid and --split-seed divide rows; images have the parts train and test");
    }
    return switch (option.part("images").orElse(PartOption.Part.valid)) {
      case valid -> DataOption.Split.test;
      case train -> DataOption.Split.train;
      case all ->
        throw new InvalidInputException(
            "images are in two parts; give --split test or --split train");
    };
  }

  private static void requireSameClasses(ImageClassifier classifier, ImageDataset set) {
    if (classifier.labels().size() != set.labels().size()) {
      throw new InvalidInputException(classifier.model().file() + " knows "
          + classifier.labels().size() + " classes, " + set.source().name() + " has "
          + set.labels().size() + "; evaluate a model on data of its own kind");
    }
  }
}
