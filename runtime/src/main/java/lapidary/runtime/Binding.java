package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.device.UnsignedTensors;

/**
 * Runs a model on one shape again and again without a copy: the caller fills the inputs' memory and reads the outputs', which ONNX
 * Runtime reads and writes in place. Made by {@link Model#bind}; whoever made it closes it. {@link #run} allocates at most
 * {@link #MAX_GARBAGE} bytes on the Java heap for each of its inputs and outputs.
 *
 * <p>The buffers are direct and in native order. They are Java's own memory: reading them after {@link #close} gives the last values
 * and can do no harm. Closing the model ends its bindings, waiting for a run in flight but not for them to be closed. Not
 * thread-safe: a run reads and writes memory that others must leave alone meanwhile; {@link #close} alone may come from any thread.
 *
 * <pre>{@code
 * try (Binding binding = model.bind(Map.of("pixels", example), List.of("probabilities"))) {
 *   ByteBuffer pixels = binding.input("pixels");
 *   FloatBuffer probabilities = binding.output("probabilities").asFloatBuffer();
 *   for (byte[] image : images) {
 *     pixels.put(0, image);
 *     binding.run();
 *     use(probabilities.get(0));
 *   }
 * }
 * }</pre>
 */
public final class Binding implements AutoCloseable {
  /** Bytes of garbage that a run makes for each input and output. */
  public static final int MAX_GARBAGE = 384;

  private final Model model;
  private final Map<String, Bound> inputs = new LinkedHashMap<>();
  private final Map<String, Bound> outputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> given = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> pinned = new LinkedHashMap<>();
  private final Lock lock = new ReentrantLock();
  private boolean closed;

  private Binding(Model model) {
    this.model = model;
  }

  /** What is known of a tensor, and its memory. */
  private record Bound(TensorInfo info, ByteBuffer memory) {}

  /** @param answers the outputs of a first run on {@code inputs}, for their shapes */
  static Binding of(Model model, Map<String, Tensor> inputs, Map<String, Tensor> answers)
      throws OrtException {
    Binding binding = new Binding(model);
    try {
      binding.add(model.inputs(), inputs, binding.inputs, binding.given);
      binding.add(model.outputs(), answers, binding.outputs, binding.pinned);
      return binding;
    } catch (OrtException | RuntimeException | Error e) {
      binding.close();
      throw e;
    }
  }

  /** The inputs, with their shapes as they are bound. */
  public List<TensorInfo> inputs() {
    return inputs.values().stream().map(Bound::info).toList();
  }

  /** The outputs, with their shapes as they are bound. */
  public List<TensorInfo> outputs() {
    return outputs.values().stream().map(Bound::info).toList();
  }

  /**
   * An input's memory, always the same, which holds the example until it is filled. 16-bit floats are there as 16 bits.
   *
   * @throws IllegalStateException if the binding is closed
   */
  public ByteBuffer input(String name) {
    return memory("input", name, inputs);
  }

  /**
   * An output's memory, always the same, which holds the answers of the last run. 16-bit floats are there as 16 bits.
   *
   * @throws IllegalStateException if the binding is closed
   */
  public ByteBuffer output(String name) {
    return memory("output", name, outputs);
  }

  /**
   * Runs the model on what the inputs' memory holds.
   *
   * @throws InvalidInputException if the model cannot run these values, or an output gets another shape than by the example
   * @throws IllegalStateException if the binding or the model is closed
   */
  public void run() {
    lock.lock();
    try {
      requireOpen();
      model.run(given, pinned);
    } finally {
      lock.unlock();
    }
  }

  /** Releases the native tensors, after a run in flight. Later calls do nothing. */
  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      given.values().forEach(OnnxTensor::close);
      pinned.values().forEach(OnnxTensor::close);
      given.clear();
      pinned.clear();
    } finally {
      lock.unlock();
    }
  }

  private void add(
      List<TensorInfo> described,
      Map<String, Tensor> values,
      Map<String, Bound> bound,
      Map<String, OnnxTensor> tensors)
      throws OrtException {
    for (TensorInfo info : described) {
      Tensor tensor = values.get(info.name());
      if (tensor != null) {
        add(info, tensor, bound, tensors);
      }
    }
  }

  private void add(
      TensorInfo info, Tensor values, Map<String, Bound> bound, Map<String, OnnxTensor> tensors)
      throws OrtException {
    if (info.type() == ElementType.STRING || UnsignedTensors.makes(info.type())) {
      throw new InvalidInputException(model.file() + ": \"" + info.name() + "\" is "
          + info.described()
          + ", which cannot be bound: there is no call that hands over its memory;"
          + " run the model by Model.run");
    }
    ByteBuffer memory = ByteBuffer.allocateDirect(TensorCodec.bytes(values, info.type()))
        .order(ByteOrder.nativeOrder());
    TensorCodec.write(values, info.type(), memory);
    List<Long> shape = LongStream.of(values.dimensions()).boxed().toList();
    tensors.put(info.name(), TensorCodec.wrap(memory, info.type(), values.dimensions()));
    bound.put(info.name(), new Bound(InputShapes.sized(info, shape), memory));
  }

  private ByteBuffer memory(String role, String name, Map<String, Bound> bound) {
    lock.lock();
    try {
      requireOpen();
      Bound found = bound.get(name);
      if (found == null) {
        throw NearestName.unknown(
            "bound " + role + " of " + model.file(), name, new ArrayList<>(bound.keySet()));
      }
      return found.memory();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "this binding of " + model.file() + " is closed; bind the model again");
    }
  }
}
