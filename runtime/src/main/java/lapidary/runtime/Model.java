package lapidary.runtime;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.DeviceReport;
import lapidary.runtime.device.Ort;
import lapidary.runtime.device.PlatformThreads;
import lapidary.runtime.operators.CheckedList;

/**
 * An ONNX file, open on a device. Any number of threads may {@link #run} it at once; runs of virtual threads are made by platform
 * threads, as many at a time as there are processors. {@link #close} lets runs in flight end and frees the native memory; there is
 * no finalizer. A run copies inputs and outputs once and makes at most {@link #MAX_GARBAGE} bytes of garbage for each, beside the
 * answers; {@link #bind} runs without a copy. Thread-safe.
 *
 * <p>Before ONNX Runtime sees the file its structure is checked in Java: size, lengths, nesting, and that external data stays in
 * the model's folder. Since ONNX Runtime ends the process on many a file that looks valid, a file is opened here only if the caller
 * vouches for its digest or all that it is made of is in a list of what ONNX Runtime is trusted with; any other by {@link
 * #openIsolated}.
 */
public final class Model implements Inference, ModelSource {
  /** Bytes of garbage that a run makes for each input and output, the answers themselves and texts left out. */
  public static final int MAX_GARBAGE = 1_024;

  private static final int TRIAL_SECONDS = 60;

  private final OnnxFileCheck.Checked file;
  private final String source;
  private final OpenSession opened;
  private final FileDescription described;
  private final InputBufferPool buffers;
  private final PlatformThreads threads = new PlatformThreads();
  private final Set<String> allOutputs;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private volatile Optional<Footprint> footprint = Optional.empty();
  private boolean closed;

  Model(OnnxFileCheck.Checked file, OpenSession opened, FileDescription described) {
    this.file = file;
    this.source = file.path().toString();
    this.opened = opened;
    this.described = described;
    this.buffers = new InputBufferPool(described.inputs().size());
    this.allOutputs = Collections.unmodifiableSet(new LinkedHashSet<>(described.outputNames()));
  }

  /**
   * Opens a file on a device with all optimisations.
   *
   * @throws InvalidInputException if it is not an ONNX file that can be run
   * @throws EnvironmentException if the device is not there
   */
  public static Model open(Path file, Device device) {
    return open(file, ModelOptions.of(device));
  }

  /**
   * Opens a file whose operators, attributes, types and shapes are in the list of those that ONNX Runtime is trusted with.
   *
   * @throws InvalidInputException if it is not an ONNX file that can be run, or not made of what is in the list
   * @throws EnvironmentException if the device is not there
   */
  public static Model open(Path file, ModelOptions options) {
    Ort.begin();
    return open(OnnxFileCheck.check(file), options);
  }

  /**
   * Opens a file, without the list if the caller knows its digest: from the report of an export, a registry, a signature. What the
   * file says of itself is no such thing. The digest stands for weights beside the file where Lapidary wrote them, not for those of others.
   *
   * @param trustedSha256 digests of files that the caller vouches for, 64 hexadecimal digits each in small letters
   * @throws InvalidInputException if it is not an ONNX file that can be run, or neither vouched for nor made of what is in the list
   * @throws EnvironmentException if the device is not there
   */
  public static Model open(Path file, ModelOptions options, Set<String> trustedSha256) {
    Ort.begin();
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    return trustedSha256.contains(checked.sha256())
        ? ModelOpening.vouched(checked, options)
        : open(checked, options);
  }

  /**
   * Opens any file once a Java process of its own has opened it and run it on zeros, open dimensions taken as 1: for files that
   * were uploaded, or hold operators that are not in the list. Costs the start of a process and a second opening. The child has
   * 60 s and, where the system limits address space, 6 GiB and four times the file's bytes; it ends with this
   * process and when this thread is interrupted. A run on other inputs may still end this process.
   *
   * @throws InvalidInputException if it is not an ONNX file that can be run, or the child died of it, in a sentence that says of what
   * @throws EnvironmentException if the device is not there, no process can be started, or the thread is interrupted
   */
  public static Model openIsolated(Path file, ModelOptions options) {
    return openIsolated(OnnxFileCheck.check(file), options);
  }

  /** Opens any file that was checked already. Not API: for {@code lapidary.runtime.serving}. */
  public static Model openIsolated(OnnxFileCheck.Checked checked, ModelOptions options) {
    IsolatedTrial.require(checked, options, Duration.ofSeconds(TRIAL_SECONDS));
    return ModelOpening.vouched(checked, options);
  }

  /** Opens a file that was checked already, if it is in the list. Not API: for {@code lapidary.runtime.serving}. */
  public static Model open(OnnxFileCheck.Checked checked, ModelOptions options) {
    CheckedList.require(checked);
    checked.requireUnchanged();
    return ModelOpening.vouched(checked, options);
  }

  OnnxFileCheck.Checked checked() {
    return file;
  }

  /** The path it was opened by. */
  public Path file() {
    return file.path();
  }

  /** The SHA-256 of the file's bytes, 64 hexadecimal digits. It stands for weights beside it where Lapidary wrote them, not for those of others. */
  public String sha256() {
    return file.sha256();
  }

  /** The version of the standard operator set the file uses, or 0 if it uses others only. */
  public int opset() {
    return file.content().opset();
  }

  /** The bytes of the file and of the weights beside it. */
  public long bytes() {
    try {
      return file.bytes();
    } catch (IOException e) {
      throw FileFailure.reading(source, e, "check that its weights are still beside it");
    }
  }

  /** What the model is, if Lapidary exported it. */
  public Optional<ModelDescription> description() {
    return described.model();
  }

  /** The file's metadata, keys sorted. */
  public Map<String, String> metadata() {
    return described.metadata();
  }

  /** The inputs in the order of the file. */
  @Override
  public List<TensorInfo> inputs() {
    return described.inputs();
  }

  /** The outputs in the order of the file. */
  @Override
  public List<TensorInfo> outputs() {
    return described.outputs();
  }

  /**
   * The native memory that the model took while it was opened and warmed up, measured if the options name served shapes or a memory
   * budget, on Linux. Empty otherwise.
   */
  public Optional<Footprint> footprint() {
    return footprint;
  }

  /** What opening it came to; told once, before anybody has the model. */
  void measured(Optional<Footprint> found) {
    footprint = found;
  }

  /** Which device the model got, and why. */
  public DeviceReport device() {
    return opened.report();
  }

  /**
   * Runs the model.
   *
   * @param inputs a tensor for every input, by name
   * @return every output by name, in the order of the file
   * @throws InvalidInputException if the inputs are not those the model takes, or one of the outputs cannot be read; ask for the
   *     others then, by {@link #run(Map, List)}
   * @throws IllegalStateException if the model is closed
   */
  public Map<String, Tensor> run(Map<String, Tensor> inputs) {
    return run(inputs, described.outputNames());
  }

  /**
   * Runs the model for some of its outputs; what only the others need is not computed.
   *
   * @param inputs a tensor for every input, by name
   * @param outputs names of outputs, at least one
   * @return these outputs by name, in the order asked for
   * @throws InvalidInputException if the inputs are not those the model takes, or an output is unknown or cannot be
   *     read
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    Set<String> wanted = wanted(outputs);
    return threads.run(() -> runHere(inputs, wanted));
  }

  private Map<String, Tensor> runHere(Map<String, Tensor> inputs, Set<String> wanted) {
    lock.readLock().lock();
    try {
      requireOpen();
      return runOpen(inputs, wanted);
    } catch (OrtException e) {
      throw RunFailure.of(source, device().used(), e, () -> fitting(inputs, wanted));
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Binds one shape, to be run again and again in the same memory, without a copy in or out.
   *
   * @param inputs the first inputs, by name: the model runs them once, which tells the outputs' shapes
   * @param outputs names of outputs, at least one
   * @return what the caller closes; closing the model ends it too
   * @throws InvalidInputException if the inputs are not those the model takes, an output is unknown, or one of these is of texts or
   *     of unsigned integers of more than 8 bits
   * @throws IllegalStateException if the model is closed
   */
  public Binding bind(Map<String, Tensor> inputs, List<String> outputs) {
    Map<String, Tensor> answers = run(inputs, outputs);
    try {
      return Binding.of(this, inputs, answers);
    } catch (OrtException e) {
      throw RunFailure.of(source, device().used(), e);
    }
  }

  /** For {@link Binding}. */
  void run(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
    threads.run(() -> {
      runPinned(inputs, pinned);
      return pinned;
    });
  }

  private void runPinned(Map<String, OnnxTensor> inputs, Map<String, OnnxTensor> pinned) {
    lock.readLock().lock();
    try {
      requireOpen();
      opened.session().run(inputs, pinned).close();
    } catch (OrtException e) {
      throw RunFailure.of(source, device().used(), e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public <T> T lend(BiFunction<Model, Inference, T> use) {
    return use.apply(this, this);
  }

  /** Waits for runs in flight and frees the native session. Later calls do nothing. */
  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        buffers.close();
        opened.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Map<String, Tensor> runOpen(Map<String, Tensor> inputs, Set<String> outputs)
      throws OrtException {
    try (Feed feed = Feed.of(inputs, described.inputs(), buffers, source);
        OrtSession.Result result = opened.session().run(feed.tensors(), outputs)) {
      if (outputs.size() == 1) {
        return Map.of(outputs.iterator().next(), TensorCodec.decode(result.get(0)));
      }
      Map<String, Tensor> answers = new LinkedHashMap<>();
      for (Map.Entry<String, OnnxValue> output : result) {
        answers.put(output.getKey(), TensorCodec.decode(output.getValue()));
      }
      return Collections.unmodifiableMap(answers);
    }
  }

  /** Rows that fit into a GPU's memory. On a CPU nothing is tried: the kernel ends processes before memory is refused. */
  private OptionalInt fitting(Map<String, Tensor> inputs, Set<String> outputs) {
    return device().used().startsWith("cpu")
        ? OptionalInt.empty()
        : FittingRows.below(inputs, described.inputs(), fewer -> runs(fewer, outputs));
  }

  private boolean runs(Map<String, Tensor> inputs, Set<String> outputs) {
    try {
      runOpen(inputs, outputs);
      return true;
    } catch (OrtException e) {
      return false;
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(file.path() + " is closed; open the model again to run it");
    }
  }

  private Set<String> wanted(List<String> names) {
    if (names.isEmpty()) {
      throw new InvalidInputException(
          source + ": no output asked for, give some of " + described.outputNames());
    }
    for (String name : names) {
      requireReadable(name);
    }
    if (names.equals(described.outputNames())) {
      return allOutputs;
    }
    return names.size() == 1 ? Set.of(names.get(0)) : new LinkedHashSet<>(names);
  }

  // No stream: this is part of every run.
  private void requireReadable(String name) {
    for (TensorInfo output : described.outputs()) {
      if (output.name().equals(name)) {
        if (!output.readable()) {
          throw output.unreadable(source, "output");
        }
        return;
      }
    }
    throw new InvalidInputException(
        source + ": unknown output \"" + name + "\", expected some of " + described.outputNames());
  }
}
