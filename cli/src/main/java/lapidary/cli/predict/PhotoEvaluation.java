package lapidary.cli.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;
import lapidary.cli.console.Console;
import lapidary.cli.option.SplitOption;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.ClassifierScore;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoBatch;
import lapidary.trainer.data.photos.PhotoBatches;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoLoader;
import lapidary.trainer.data.photos.PhotoSet;

/** Scores an image classifier on photos by class, decoded ahead of it. Stateless. */
final class PhotoEvaluation {
  private static final int BATCH = 32;
  private static final String VALID = "valid";
  private static final String TRAIN = "train";

  private PhotoEvaluation() {}

  /**
   * What was found, and what could not be read.
   *
   * @param skipped a sentence for each photo left out
   */
  record Score(double accuracy, double logLoss, int count, List<String> skipped) {}

  /** Whether a model takes photos: colours, where images in one file are grey. */
  static boolean isFor(Model model) {
    return model
        .description()
        .flatMap(description -> description.signature().image())
        .filter(image -> image.size().channels() == 3)
        .isPresent();
  }

  static Evaluated of(Model model, String data, SplitOption split, Console console) {
    String part = split.name().orElse(VALID);
    if (!part.equals(VALID) && !part.equals(TRAIN)) {
      throw NearestName.unknown("part of photos", part, List.of(TRAIN, VALID));
    }
    PhotoDataset set = split.chance().photos(data, console);
    try (ImageClassifier classifier = ImageClassifier.of(model)) {
      requireSameClasses(classifier, set);
      Score score = score(classifier, part.equals(VALID) ? set.valid() : set.train());
      return Evaluated.classes(set.source().name(), part, score, score.accuracy(), text(score));
    }
  }

  private static Score score(ImageClassifier classifier, PhotoSet photos) {
    List<float[]> probabilities = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    try (PhotoBatches batches = open(photos, classifier.input())) {
      while (batches.hasNext()) {
        PhotoBatch batch = batches.next();
        if (batch.count() > 0) {
          probabilities.addAll(List.of(classifier.probabilities(batch.pixels())));
          Arrays.stream(batch.labels()).forEach(truth::add);
        }
      }
      ClassifierScore score = ClassifierScore.of(
          probabilities, truth.stream().mapToInt(Integer::intValue).toArray());
      List<String> skipped =
          batches.skipped().stream().map(photo -> photo.reason()).toList();
      return new Score(score.accuracy(), score.logLoss(), score.count(), skipped);
    }
  }

  /** All photos, in order and as they are. */
  static PhotoBatches open(PhotoSet photos, ImageInput input) {
    return new PhotoLoader(photos, input, Augmentation.NONE, LoaderOptions.standard())
        .open(LongStream.range(0, photos.count()).toArray(), BATCH, 0);
  }

  private static String text(Score score) {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f, error %.4f, log loss %.4f, %d photos%s",
        score.accuracy(),
        1 - score.accuracy(),
        score.logLoss(),
        score.count(),
        score.skipped().isEmpty() ? "" : ", " + score.skipped().size() + " skipped");
  }

  private static void requireSameClasses(ImageClassifier classifier, PhotoDataset set) {
    if (!classifier.labels().equals(set.labels())) {
      throw new InvalidInputException(classifier.model().file() + " knows "
          + classifier.labels().size() + " classes, " + set.source().name() + " has "
          + set.labels().size() + " of its own names; evaluate a model on data of its own kind");
    }
  }
}
