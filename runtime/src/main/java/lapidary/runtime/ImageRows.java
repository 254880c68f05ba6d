package lapidary.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.FileFailure;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Pixels;

/**
 * One float output of a model that takes images: a row for each image. Thread-safe.
 *
 * @param model the model
 * @param image how images come in
 * @param output which output
 * @param width values of a row; where the file leaves it open, those of an image of the described size
 */
record ImageRows(DescribedModel model, ImageInput image, TensorInfo output, int width) {
  /** @throws InvalidInputException unless the model takes one batch of pixels and has that output with rows of fixed width */
  static ImageRows of(DescribedModel model, String output) {
    ImageInput image = image(model);
    TensorInfo info = output(model, output);
    return new ImageRows(model, image, info, width(model, image, info));
  }

  Pixels decode(byte[] encoded, String source) {
    return image.decode(encoded, source);
  }

  /**
   * The bytes of an image file.
   *
   * @throws InvalidInputException if it is not there, cannot be read or is larger than any image may be
   * @throws lapidary.models.EnvironmentException if the machine fails to read it
   */
  static byte[] read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // One more than allowed: decoding refuses it by its size, and a device that never ends is not
      // read forever.
      return in.readNBytes(Pixels.MAX_FILE_BYTES + 1);
    } catch (IOException e) {
      throw FileFailure.reading(
          file.toString(), e, "give an image file that exists and can be read");
    }
  }

  /**
   * The output for a batch, [N][width].
   *
   * @param rows what runs the model
   * @throws InvalidInputException if one of its values is not finite
   */
  float[][] run(Inference rows, Pixels batch) {
    Map<String, Tensor> answers =
        rows.run(Map.of(image.name(), Tensor.pixels(batch)), List.of(output.name()));
    return split(answers.values().iterator().next(), batch);
  }

  private float[][] split(Tensor answer, Pixels batch) {
    if (answer.size() != (long) batch.count() * width) {
      throw new InvalidInputException(model.name() + " gives " + output.name() + " " + answer
          + " for " + batch.count() + " images of " + batch.height() + "×" + batch.width()
          + ", not rows of " + width + "; give images of " + image.size().height() + "×"
          + image.size().width());
    }
    float[] values =
        FiniteAnswers.require(answer.as(float[].class), width, 0, model.name(), output.name());
    float[][] split = new float[batch.count()][];
    for (int i = 0; i < split.length; i++) {
      split[i] = Arrays.copyOfRange(values, i * width, (i + 1) * width);
    }
    return split;
  }

  /** The images that a model takes. @throws InvalidInputException if it takes none */
  static ImageInput image(DescribedModel model) {
    ImageInput image = model
        .description()
        .orElseThrow(() -> new InvalidInputException(model.name()
            + " carries no Lapidary description, so it does not say how images go in; export it"
            + " with Lapidary, or run it with raw tensors"))
        .signature()
        .image()
        .orElseThrow(
            () -> new InvalidInputException(
                model.name() + " takes no images; its inputs are " + names(model.inputs())
                    + "; run it with raw tensors (Model.run, or /v2/models/NAME/infer where it is served)"));
    if (model.inputs().size() != 1
        || !model.inputs().get(0).name().equals(image.name())
        || model.inputs().get(0).type() != ElementType.UINT8) {
      throw new InvalidInputException(model.name() + " describes the image input \"" + image.name()
          + "\" of bytes but takes " + names(model.inputs()) + "; export it again");
    }
    return image;
  }

  private static TensorInfo output(DescribedModel model, String name) {
    return model.outputs().stream()
        .filter(output -> output.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> NearestName.unknown("output of " + model.name(), name, names(model.outputs())));
  }

  private static int width(DescribedModel model, ImageInput image, TensorInfo output) {
    List<Long> row = output
        .shape()
        .subList(Math.min(1, output.shape().size()), output.shape().size());
    boolean floats = output.type() == ElementType.FLOAT32 || output.type() == ElementType.FLOAT16;
    if (!floats || row.isEmpty()) {
      throw notRows(model, output);
    }
    if (row.stream().anyMatch(d -> d <= 0)) {
      return measured(model, image, output);
    }
    double width = row.stream().mapToDouble(d -> d).reduce(1, (a, b) -> a * b);
    if (width > WarmUp.MAX_VALUES) {
      throw notRows(model, output);
    }
    return (int) width;
  }

  /** The width that follows from the size of an image: the values that a black image gives. */
  private static int measured(DescribedModel model, ImageInput image, TensorInfo output) {
    ImageInput.Size size = image.size();
    TensorInfo input = model.inputs().get(0);
    if (input.values() > WarmUp.MAX_VALUES || size.values() > WarmUp.MAX_VALUES) {
      throw new InvalidInputException(model.name() + " takes images as " + input.described()
          + ", too many to find out the width of output \"" + output.name()
          + "\"; export it again with an open batch");
    }
    int count = (int) Math.max(1, input.shape().get(0));
    byte[] bytes = new byte[count * size.values()];
    Tensor black =
        Tensor.pixels(Pixels.of(count, size.height(), size.width(), size.channels(), bytes));
    Tensor answer = model
        .runs()
        .run(Map.of(image.name(), black), List.of(output.name()))
        .values()
        .iterator()
        .next();
    if (answer.size() < 1 || answer.shape()[0] != count) {
      throw notRows(model, output);
    }
    return answer.size() / count;
  }

  private static InvalidInputException notRows(DescribedModel model, TensorInfo output) {
    return new InvalidInputException(model.name() + ": output \"" + output.name() + "\" is "
        + output.described() + ", not rows of floats of one width; choose another output");
  }

  private static List<String> names(List<TensorInfo> tensors) {
    return tensors.stream().map(TensorInfo::name).toList();
  }
}
