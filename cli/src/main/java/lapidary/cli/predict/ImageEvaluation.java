package lapidary.cli.predict;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lapidary.cli.console.Console;
import lapidary.cli.option.DataOption;
import lapidary.cli.option.SplitOption;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.ClassifierScore;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;

/** Scores an image classifier on labelled images. Stateless. */
final class ImageEvaluation {
  private ImageEvaluation() {}

  static Evaluated of(Model model, String data, SplitOption split, Console console) {
    DataOption.Split part = part(split);
    ImageDataset set = ImageDatasets.load(data, DataRoots.fromEnvironment(console.environment()));
    try (ImageClassifier classifier = ImageClassifier.of(model)) {
      requireSameClasses(classifier, set);
      LabelledImages images = part.of(set);
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

  private static DataOption.Split part(SplitOption split) {
    if (split.chance().given()) {
      throw new InvalidInputException(
          "--valid and --split-seed divide rows; images have the parts train and test");
    }
    String name = split.name().orElse(DataOption.Split.test.name());
    List<String> known =
        Arrays.stream(DataOption.Split.values()).map(Enum::name).toList();
    if (!known.contains(name)) {
      throw NearestName.unknown("part of images", name, known);
    }
    return DataOption.Split.valueOf(name);
  }

  private static void requireSameClasses(ImageClassifier classifier, ImageDataset set) {
    if (classifier.labels().size() != set.labels().size()) {
      throw new InvalidInputException(classifier.model().file() + " knows "
          + classifier.labels().size() + " classes, " + set.source().name() + " has "
          + set.labels().size() + "; evaluate a model on data of its own kind");
    }
  }
}
