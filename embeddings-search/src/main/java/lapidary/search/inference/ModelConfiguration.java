package lapidary.search.inference;

import java.util.List;

/**
 * How a model is served, in Triton's words.
 *
 * @param name the model's name
 * @param platform {@code onnxruntime_onnx}
 * @param backend {@code onnxruntime}
 * @param maxBatchSize 0: shapes are given whole, with the dimension that counts rows
 * @param inputs in the order of the file
 * @param outputs in the order of the file
 */
public record ModelConfiguration(
    String name,
    String platform,
    String backend,
    int maxBatchSize,
    List<TensorMetadata> inputs,
    List<TensorMetadata> outputs) {
  /** Copies the lists. */
  public ModelConfiguration {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  static ModelConfiguration of(ModelMetadata model) {
    return new ModelConfiguration(
        model.name(), model.platform(), "onnxruntime", 0, model.inputs(), model.outputs());
  }

  /** What Triton calls a datatype here, such as {@code TYPE_FP32}; BYTES are {@code TYPE_STRING}. */
  public static String typeName(String datatype) {
    return "TYPE_" + (datatype.equals(Datatype.BYTES.name()) ? "STRING" : datatype);
  }
}
