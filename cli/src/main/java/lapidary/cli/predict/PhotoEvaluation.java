package lapidary.cli.predict;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import lapidary.cli.console.Console;
import lapidary.cli.option.TrainedData;
import lapidary.cli.predict.PartOption.Part;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.TrainingSplit;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.score.ClassifierScore;
import lapidary.runtime.score.Comparison;
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

/** An image classifier on photos by class, decoded ahead of it. Not thread-safe. */
final class PhotoEvaluation implements Evaluation {
  private static final int BATCH = 32;

  private final ImageClassifier classifier;
  private final PhotoDataset photos;
  private final Part part;
  private final List<Integer> truth = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();

  private PhotoEvaluation(ImageClassifier classifier, PhotoDataset photos, Part part) {
    this.classifier = classifier;
    this.photos = photos;
    this.part = part;
  }

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

  /** @param model is borrowed */
  static PhotoEvaluation of(Model model, String data, PartOption option, Console console) {
    TrainedData trained = TrainedData.of(model);
    Optional<Part> asked = option.part("photos");
    TrainingSplit.Random split = option.chance(trained);
    PhotoDataset photos = PhotoDatasets.load(
        data, DataRoots.fromEnvironment(console.environment()), RandomSplit.of(split));
    DataSource source = photos.source();
    ImageClassifier classifier = ImageClassifier.of(model);
    requireSameClasses(classifier, photos);
    boolean divided = photos.division().isEmpty() || option.givenByChance() || trained.is(source);
    Part part = asked.orElse(divided ? Part.valid : Part.all);
    if (part != Part.valid) {
      trained.warnOfTraining(source, console);
    } else if (photos.division().isPresent()) {
      trained.warnUnlessHeldOut(source, split, option.givenByChance(), console);
    }
    return new PhotoEvaluation(classifier, photos, part);
  }

  @Override
  public Evaluated score() {
    List<float[]> probabilities = new ArrayList<>();
    run(pixels -> probabilities.addAll(List.of(classifier.probabilities(pixels))));
    ClassifierScore found = ClassifierScore.of(probabilities, labels());
    Score score = new Score(
        found.accuracy(), found.logLoss(), found.count(), photos.count(), List.copyOf(skipped));
    return Evaluated.classes(
        photos.source().name(), part.name(), score, score.accuracy(), text(score));
  }

  @Override
  public Compared compare(Comparison comparison, double tolerance) {
    String input = classifier.input().name();
    run(pixels -> comparison.add(Map.of(input, Tensor.pixels(pixels))));
    return Compared.classes(
        photos.source().name(),
        part.name(),
        comparison.classes(labels()),
        classifier.labels(),
        names::get,
        List.copyOf(skipped));
  }

  private List<PhotoSet> chosen() {
    return switch (part) {
      case valid -> List.of(photos.valid());
      case train -> List.of(photos.train());
      case all -> List.of(photos.train(), photos.valid());
    };
  }

  /** Hands on all photos that can be read, and notes what is known of each. */
  private void run(Consumer<Pixels> use) {
    truth.clear();
    names.clear();
    skipped.clear();
    for (PhotoSet set : chosen()) {
      try (PhotoBatches batches = open(set, classifier.input())) {
        while (batches.hasNext()) {
          PhotoBatch batch = batches.next();
          if (batch.count() > 0) {
            use.accept(batch.pixels());
            Arrays.stream(batch.labels()).forEach(truth::add);
            Arrays.stream(batch.rows()).forEach(row -> names.add(set.path((int) row)));
          }
        }
        batches.skipped().forEach(photo -> skipped.add(photo.reason()));
      }
    }
  }

  private int[] labels() {
    return truth.stream().mapToInt(Integer::intValue).toArray();
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
