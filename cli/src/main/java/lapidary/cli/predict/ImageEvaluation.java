package lapidary.cli.predict;

import java.util.Locale;
import lapidary.cli.console.Console;
import lapidary.cli.option.DataOption;
import lapidary.cli.option.TrainedData;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.score.ClassifierScore;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;

/** Scores an image classifier on labelled images. Stateless. */
final class ImageEvaluation {
  private ImageEvaluation() {}

  static Evaluated of(Model model, String data, PartOption option, Console console) {
    DataOption.Split part = part(option);
    ImageDataset set = ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
    try (ImageClassifier classifier = ImageClassifier.of(model)) {
      requireSameClasses(classifier, set);
      LabelledImages images = part.of(set);
      if (part == DataOption.Split.train) {
        TrainedData.of(model).warnOfTraining(set.source(), console);
      }
      ClassifierScore score = ClassifierScore.of(classifier, images.pixels(), images.labels());
      return Evaluated.classes(
          set.source().name(),
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
