package lapidary.examples;

import java.nio.file.Path;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Prediction;
import lapidary.runtime.device.Device;

/** Says what is in a picture. */
public final class ClassifyPicture {
  private ClassifyPicture() {}

  /** Arguments: the ONNX file of a classifier, and a picture. */
  public static void main(String[] arguments) {
    Path model = Path.of(arguments[0]);
    Path picture = Path.of(arguments[1]);
    try (ImageClassifier classifier = ImageClassifier.open(model, Device.cpu(1))) {
      for (Prediction p : classifier.classify(picture, 3)) {
        System.out.println(p.label() + " " + p.probability());
      }
    }
  }
}
