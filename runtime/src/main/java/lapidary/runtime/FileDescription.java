package lapidary.runtime;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lapidary.models.ModelDescription;

/**
 * What a file says of itself.
 *
 * @param inputs in the order of the file
 * @param outputs in the order of the file
 * @param outputNames the outputs' names
 * @param metadata keys sorted
 * @param model Lapidary's own description, if the metadata has one
 */
record FileDescription(
    List<TensorInfo> inputs,
    List<TensorInfo> outputs,
    List<String> outputNames,
    Map<String, String> metadata,
    Optional<ModelDescription> model) {
  /** The same with inputs and outputs as a session has them; ONNX Runtime's native interface damages metadata with characters above U+FFFF. */
  FileDescription with(OrtSession session) throws OrtException {
    return of(
        tensors(session.getInputInfo().values()),
        tensors(session.getOutputInfo().values()),
        metadata,
        model);
  }

  static FileDescription of(
      List<TensorInfo> inputs,
      List<TensorInfo> outputs,
      Map<String, String> metadata,
      Optional<ModelDescription> model) {
    return new FileDescription(
        inputs,
        outputs,
        outputs.stream().map(TensorInfo::name).toList(),
        Collections.unmodifiableMap(new TreeMap<>(metadata)),
        model);
  }

  private static List<TensorInfo> tensors(Collection<NodeInfo> nodes) {
    return nodes.stream().map(TensorCodec::describe).toList();
  }
}
