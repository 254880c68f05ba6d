package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;

/**
 * The inputs of one run in ONNX Runtime's terms, over memory borrowed from a pool. {@link #close} releases the native tensors and
 * gives the memory back. Not thread-safe.
 */
final class Feed implements AutoCloseable {
  private final Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
  private final InputBufferPool pool;
  private final InputBuffers buffers;

  private Feed(InputBufferPool pool) {
    this.pool = pool;
    this.buffers = pool.borrow();
  }

  /**
   * Encodes {@code inputs}.
   *
   * @param source the model's name for errors
   * @throws InvalidInputException unless they are exactly the expected ones, by name, type and shape
   */
  static Feed of(
      Map<String, Tensor> inputs, List<TensorInfo> expected, InputBufferPool pool, String source)
      throws OrtException {
    requireKnown(inputs, expected, source);
    Feed feed = new Feed(pool);
    try {
      for (int i = 0; i < expected.size(); i++) {
        feed.add(i, expected.get(i), inputs, source);
      }
      return feed;
    } catch (OrtException | RuntimeException e) {
      feed.close();
      throw e;
    }
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
    tensors.clear();
    pool.giveBack(buffers);
  }

  private void add(int index, TensorInfo info, Map<String, Tensor> inputs, String source)
      throws OrtException {
    Tensor tensor = inputs.get(info.name());
    if (tensor == null) {
      throw new InvalidInputException(
          source + ": input \"" + info.name() + "\" is missing, it is " + info.described());
    }
    requireFit(tensor, info, source);
    int bytes = info.type() == ElementType.STRING ? 0 : TensorCodec.bytes(tensor, info.type());
    tensors.put(info.name(), TensorCodec.encode(tensor, info.type(), buffers.of(index, bytes)));
  }

  private static void requireFit(Tensor tensor, TensorInfo info, String source) {
    boolean halved = info.type() == ElementType.FLOAT16 && tensor.type() == ElementType.FLOAT32;
    if ((tensor.type() != info.type() && !halved) || !info.accepts(tensor.shape())) {
      throw new InvalidInputException(source + ": input \"" + info.name() + "\" is "
          + info.described() + ", not " + tensor + "; give a tensor of that type and shape");
    }
  }

  private static void requireKnown(
      Map<String, Tensor> inputs, List<TensorInfo> expected, String source) {
    for (String name : inputs.keySet()) {
      if (expected.stream().noneMatch(info -> info.name().equals(name))) {
        throw new InvalidInputException(source + ": unknown input \"" + name + "\", expected "
            + expected.stream().map(TensorInfo::name).toList());
      }
    }
  }
}
