package lapidary.runtime;

import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.DataSource;
import lapidary.models.DescriptionCodec;
import lapidary.models.ImageInput;
import lapidary.models.Labels;
import lapidary.models.ModelDescription;
import lapidary.models.Normalization;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;

/**
 * A classifier of grey images of 2×3 whose answers can be worked out by hand: features are the six pixels as floats, logit k is
 * (the sum of column k) / 100, the classes being left, middle and right.
 */
public final class TinyClassifier {
  public static final Labels LABELS = new Labels(List.of("left", "middle", "right"));
  public static final ImageInput IMAGE = ImageInput.flatGrey(2, 3, Normalization.unit());

  private TinyClassifier() {}

  public static TinyOnnx graph() {
    float[] columns = new float[6 * 3];
    for (int pixel = 0; pixel < 6; pixel++) {
      columns[pixel * 3 + pixel % 3] = 0.01f;
    }
    return new TinyOnnx()
        .node("Cast", new String[] {"pixels"}, "values", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .node("Flatten", new String[] {"values"}, "features", TinyOnnx.integer("axis", 1))
        .node("Gemm", new String[] {"features", "w", "b"}, "logits")
        .node("Softmax", new String[] {"logits"}, "probabilities", TinyOnnx.integer("axis", 1))
        .weights("w", new long[] {6, 3}, columns)
        .weights("b", new long[] {3}, 0, 0, 0)
        .input("pixels", TinyOnnx.UINT8, -1, 2, 3, 1)
        .output("logits", TinyOnnx.FLOAT, -1, 3)
        .output("probabilities", TinyOnnx.FLOAT, -1, 3)
        .output("features", TinyOnnx.FLOAT, -1, 6);
  }

  public static TinyOnnx described() {
    return described(LABELS);
  }

  public static TinyOnnx described(Labels labels) {
    return graph().metadata(DescriptionCodec.toMetadata(description(labels)));
  }

  public static ModelDescription description(Labels labels) {
    Signature signature = new Signature(
        List.of(IMAGE),
        List.of(
            Output.of(Output.LOGITS, 0),
            Output.softmax(Output.PROBABILITIES, 0),
            Output.of(Output.FEATURES, 1)));
    String digest = "0".repeat(64);
    return new ModelDescription(
        new Architecture.Custom("tiny"),
        Task.CLASSIFICATION,
        labels,
        signature,
        Provenance.of(new DataSource("tiny", digest, "CC0"), 7, Map.of(), Map.of(), digest),
        ModelDescription.Evidence.NONE);
  }
}
