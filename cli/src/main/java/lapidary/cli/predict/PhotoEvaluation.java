package lapidary.cli.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import lapidary.cli.console.Console;
import lapidary.cli.option.TrainedData;
import lapidary.cli.predict.PartOption.Part;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.TrainingSplit;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.score.ClassifierScore;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoBatch;
import lapidary.trainer.data.photos.PhotoBatches;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.photos.PhotoLoader;
import lapidary.trainer.data.photos.PhotoSet;

/** Scores an image classifier on photos by class, decoded ahead of it. Stateless. */
final class PhotoEvaluation {
  private static final int BATCH = 32;

  private PhotoEvaluation() {}

  /**
   * What was found, and what could not be read.
   *
   * @param count how many photos were scored
   * @param all how many there are in the data
   * @param skipped a sentence for each photo left out
   */
  record Score(double accuracy, double logLoss, int count, int all, List<String> skipped) {}

  /** Whether a model takes photos: colours, where images in one file are grey. */
  static boolean isFor(Model model) {
    return model
        .description()
        .flatMap(description -> description.signature().image())
        .filter(image -> image.size().channels() == 3)
        .isPresent();
  }

  static Evaluated of(Model model, String data, PartOption option, Console console) {
    TrainedData trained = TrainedData.of(model);
    Optional<Part> asked = option.part("photos");
    TrainingSplit.Random split = option.chance(trained);
    PhotoDataset photos = PhotoDatasets.load(
        data, DataRoots.fromEnvironment(console.environment()), RandomSplit.of(split));
    DataSource source = photos.source();
    try (ImageClassifier classifier = ImageClassifier.of(model)) {
      requireSameClasses(classifier, photos);
      boolean divided = photos.division().isEmpty() || option.givenByChance() || trained.is(source);
      Part part = asked.orElse(divided ? Part.valid : Part.all);
      if (part != Part.valid) {
        trained.warnOfTraining(source, console);
      } else if (photos.division().isPresent()) {
        trained.warnUnlessHeldOut(source, split, option.givenByChance(), console);
      }
      Score score = score(classifier, chosen(photos, part), photos.count());
      return Evaluated.classes(source.name(), part.name(), score, score.accuracy(), text(score));
    }
  }

  private static List<PhotoSet> chosen(PhotoDataset set, Part part) {
    return switch (part) {
      case valid -> List.of(set.valid());
      case train -> List.of(set.train());
      case all -> List.of(set.train(), set.valid());
    };
  }

  private static Score score(ImageClassifier classifier, List<PhotoSet> parts, int all) {
    List<float[]> probabilities = new ArrayList<>();
    List<Integer> truth = new ArrayList<>();
    List<String> skipped = new ArrayList<>();
    for (PhotoSet photos : parts) {
      try (PhotoBatches batches = open(photos, classifier.input())) {
        while (batches.hasNext()) {
          PhotoBatch batch = batches.next();
          if (batch.count() > 0) {
            probabilities.addAll(List.of(classifier.probabilities(batch.pixels())));
            Arrays.stream(batch.labels()).forEach(truth::add);
          }
        }
        batches.skipped().forEach(photo -> skipped.add(photo.reason()));
      }
    }
    ClassifierScore score = ClassifierScore.of(
        probabilities, truth.stream().mapToInt(Integer::intValue).toArray());
    return new Score(score.accuracy(), score.logLoss(), score.count(), all, skipped);
  }

  /** All photos, in order and as they are. */
  static PhotoBatches open(PhotoSet photos, ImageInput input) {
    return new PhotoLoader(photos, input, Augmentation.NONE, LoaderOptions.standard())
        .open(LongStream.range(0, photos.count()).toArray(), BATCH, 0);
  }

  private static String text(Score score) {
    return String.format(
        Locale.ROOT,
        "accuracy %.4f, error %.4f, log loss %.4f, %d of %d photos%s",
        score.accuracy(),
        1 - score.accuracy(),
        score.logLoss(),
        score.count(),
        score.all(),
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
