package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.TextTensors;
import lapidary.runtime.device.UnsignedTensors;

/**
 * The inputs of one run in ONNX Runtime's terms, over memory borrowed from a pool. {@link #close} releases the native tensors that
 * the pool does not keep and gives the memory back. Not thread-safe.
 */
final class Feed implements AutoCloseable {
  private final Map<String, OnnxTensor> tensors = new HashMap<>();
  private final List<OnnxTensor> ofThisRun = new ArrayList<>(0);
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
    requireFit(inputs, expected, source);
    Feed feed = new Feed(pool);
    try {
      for (int i = 0; i < expected.size(); i++) {
        TensorInfo info = expected.get(i);
        feed.tensors.put(info.name(), feed.encode(i, info.type(), given(inputs, info, source)));
      }
      return feed;
    } catch (OrtException | RuntimeException | Error e) {
      feed.close();
      throw e;
    }
  }

  /**
   * Sees that these inputs can be run.
   *
   * @throws InvalidInputException unless they are exactly the expected ones, by name, type and shape
   */
  static void requireFit(Map<String, Tensor> inputs, List<TensorInfo> expected, String source) {
    requireKnown(inputs, expected, source);
    for (TensorInfo info : expected) {
      requireFit(given(inputs, info, source), info, source);
    }
  }

  Map<String, OnnxTensor> tensors() {
    return tensors;
  }

  @Override
  public void close() {
    ofThisRun.forEach(OnnxTensor::close);
    ofThisRun.clear();
    pool.giveBack(buffers);
  }

  private OnnxTensor encode(int index, ElementType type, Tensor tensor) throws OrtException {
    if (type == ElementType.STRING) {
      return once(TextTensors.of(tensor.as(String[].class), tensor.dimensions()));
    }
    if (UnsignedTensors.makes(type)) {
      ElementType signed = UnsignedTensors.signed(type);
      return once(UnsignedTensors.of(buffers.fill(index, tensor, signed), type));
    }
    return buffers.fill(index, tensor, type);
  }

  private OnnxTensor once(OnnxTensor tensor) {
    ofThisRun.add(tensor);
    return tensor;
  }

  private static Tensor given(Map<String, Tensor> inputs, TensorInfo info, String source) {
    Tensor tensor = inputs.get(info.name());
    if (tensor == null) {
      throw new InvalidInputException(
          source + ": input \"" + info.name() + "\" is missing, it is " + info.described());
    }
    return tensor;
  }

  private static void requireFit(Tensor tensor, TensorInfo info, String source) {
    if (!info.readable()) {
      throw info.unreadable(source, "input");
    }
    boolean rounded = tensor.type() == ElementType.FLOAT32
        && (info.type() == ElementType.FLOAT16 || info.type() == ElementType.BFLOAT16);
    if ((tensor.type() != info.type() && !rounded) || !info.accepts(tensor.dimensions())) {
      throw new InvalidInputException(source + ": input \"" + info.name() + "\" is "
          + info.described() + ", not " + tensor + "; give a tensor of that type and shape");
    }
  }

  private static void requireKnown(
      Map<String, Tensor> inputs, List<TensorInfo> expected, String source) {
    for (String name : inputs.keySet()) {
      if (!isExpected(name, expected)) {
        throw new InvalidInputException(source + ": unknown input \"" + name + "\", expected "
            + expected.stream().map(TensorInfo::name).toList());
      }
    }
  }

  // No stream: this is part of every run.
  private static boolean isExpected(String name, List<TensorInfo> expected) {
    for (TensorInfo info : expected) {
      if (info.name().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
