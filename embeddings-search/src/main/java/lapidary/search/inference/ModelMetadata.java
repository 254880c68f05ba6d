package lapidary.search.inference;

import java.util.List;

/**
 * What a model takes and gives.
 *
 * @param name the model's name
 * @param versions those that are ready, the smallest first; the version that was asked for alone
 * @param platform {@code onnxruntime_onnx}
 * @param inputs in the order of the file
 * @param outputs in the order of the file
 */
public record ModelMetadata(
    String name,
    List<String> versions,
    String platform,
    List<TensorMetadata> inputs,
    List<TensorMetadata> outputs) {
  static final String PLATFORM = "onnxruntime_onnx";

  /** Copies the lists. */
  public ModelMetadata {
    versions = List.copyOf(versions);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
