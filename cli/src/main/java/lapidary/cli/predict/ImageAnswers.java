package lapidary.cli.predict;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lapidary.runtime.DeviceReport;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Prediction;
import lapidary.search.embed.ImageFiles;

/**
 * What predict answers to image files.
 *
 * @param model the classifier's file
 * @param device what it ran on
 * @param results one an image
 */
record ImageAnswers(String model, DeviceReport device, List<Result> results) {
  /** The most probable classes of one image, the most probable first. */
  record Result(String input, List<Prediction> predictions) {}

  static ImageAnswers of(ImageClassifier classifier, String model, List<String> inputs, int top) {
    List<Path> images = ImageFiles.expand(inputs.stream().map(Path::of).toList());
    List<Result> results =
        images.stream().map(image -> result(classifier, image, top)).toList();
    return new ImageAnswers(model, classifier.model().device(), results);
  }

  private static Result result(ImageClassifier classifier, Path image, int top) {
    return new Result(
        image.toString(), classifier.classify(ImageFiles.read(image), image.toString(), top));
  }

  void print(PrintWriter out) {
    for (Result result : results) {
      List<String> answers = result.predictions().stream()
          .map(p -> String.format(Locale.ROOT, "%s %.4f", p.label(), p.probability()))
          .toList();
      out.println(result.input() + ": " + String.join(", ", answers));
    }
  }
}
