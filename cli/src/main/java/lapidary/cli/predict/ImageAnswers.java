package lapidary.cli.predict;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lapidary.models.WordNetClass;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Prediction;
import lapidary.runtime.device.DeviceReport;
import lapidary.search.embed.Embedded;
import lapidary.search.store.Item;

/**
 * What predict answers to image files.
 *
 * @param model the classifier's file
 * @param device what it ran on
 * @param results one an image
 * @param skipped how many files could not be read as images
 */
record ImageAnswers(String model, DeviceReport device, List<Result> results, int skipped) {
  /** The most probable classes of one image, the most probable first. */
  record Result(String input, List<Prediction> predictions) {}

  /** @param probabilities of the images, a row each */
  static ImageAnswers of(ImageClassifier classifier, Embedded probabilities, int top) {
    List<Item> items = probabilities.items();
    List<Result> results = IntStream.range(0, items.size())
        .mapToObj(i ->
            new Result(items.get(i).id(), classifier.ranked(probabilities.rows().row(i), top)))
        .toList();
    return new ImageAnswers(
        classifier.model().file().toString(),
        classifier.model().device(),
        results,
        probabilities.skipped());
  }

  void print(PrintWriter out) {
    for (Result result : results) {
      List<String> answers = result.predictions().stream()
          .map(p -> String.format(
              Locale.ROOT, "%s %.4f", WordNetClass.inWords(p.label()), p.probability()))
          .toList();
      out.println(result.input() + ": " + String.join(", ", answers));
    }
    if (skipped > 0) {
      out.println(skipped + " skipped");
    }
  }
}
