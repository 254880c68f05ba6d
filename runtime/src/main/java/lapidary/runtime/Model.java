package lapidary.runtime;

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
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiFunction;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.DeviceReport;
import lapidary.runtime.device.Providers;
import lapidary.runtime.operators.CheckedList;

/**
 * An ONNX file, open on a device. Any number of threads may {@link #run} it at once. {@link #close} lets runs in flight end and
 * frees the native memory; there is no finalizer. Thread-safe.
 *
 * <p>Before ONNX Runtime sees the file its structure is checked in Java: size, lengths, nesting, and that external data stays in
 * the model's folder. Since ONNX Runtime ends the process on many a file that looks valid, a file is opened here only if the caller
 * vouches for its digest or all that it is made of is in a list of what ONNX Runtime is trusted with; any other by {@link
 * #openIsolated}.
 */
public final class Model implements Inference, ModelSource {
  private static final int TRIAL_SECONDS = 60;

  private final OnnxFileCheck.Checked file;
  private final OpenSession opened;
  private final FileDescription described;
  private final InputBufferPool buffers;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  private Model(OnnxFileCheck.Checked file, OpenSession opened, FileDescription described) {
    this.file = file;
    this.opened = opened;
    this.described = described;
    this.buffers = new InputBufferPool(described.inputs().size());
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
    return open(OnnxFileCheck.check(file), options);
  }

  /**
   * Opens a file, without the list if the caller knows its digest: from the report of an export, a registry, a signature. What the
   * file says of itself is no such thing. External data is not part of the digest.
   *
   * @param trustedSha256 digests of files that the caller vouches for, 64 hexadecimal digits each in small letters
   * @throws InvalidInputException if it is not an ONNX file that can be run, or neither vouched for nor made of what is in the list
   * @throws EnvironmentException if the device is not there
   */
  public static Model open(Path file, ModelOptions options, Set<String> trustedSha256) {
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    return trustedSha256.contains(checked.sha256())
        ? vouched(checked, options)
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
    return vouched(checked, options);
  }

  /** Opens a file that was checked already, if it is in the list. Not API: for {@code lapidary.runtime.serving}. */
  public static Model open(OnnxFileCheck.Checked checked, ModelOptions options) {
    CheckedList.require(checked);
    checked.requireUnchanged();
    return vouched(checked, options);
  }

  /** Opens a file of which somebody has said that ONNX Runtime may have it. */
  static Model vouched(OnnxFileCheck.Checked checked, ModelOptions options) {
    Path file = checked.path();
    OpenSession opened = OpenSession.open(checked, options);
    try {
      FileDescription described = FileDescription.of(
          opened.session(), DescriptionReader.metadata(checked), file.toString());
      checked.requireUnchanged();
      Model model = new Model(checked, opened, described);
      WarmUp.run(model, options.warmUpRuns());
      return model;
    } catch (OrtException | IOException e) {
      closeQuietly(opened.session());
      throw new InvalidInputException(file + " cannot be read: " + reason(e), e);
    } catch (RuntimeException | Error e) {
      closeQuietly(opened.session());
      throw e;
    }
  }

  private static String reason(Exception e) {
    return e instanceof OrtException refused
        ? Providers.oneLine(refused)
        : String.valueOf(e.getMessage());
  }

  OnnxFileCheck.Checked checked() {
    return file;
  }

  /** The path it was opened by. */
  public Path file() {
    return file.path();
  }

  /** The SHA-256 of the file's bytes, 64 hexadecimal digits. External data is not part of it. */
  public String sha256() {
    return file.sha256();
  }

  /** The version of the standard operator set the file uses, or 0 if it uses others only. */
  public int opset() {
    return file.content().opset();
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

  /** Which device the model got, and why. */
  public DeviceReport device() {
    return opened.report();
  }

  /**
   * Runs the model.
   *
   * @param inputs a tensor for every input, by name
   * @return every output by name, in the order of the file
   * @throws InvalidInputException if the inputs are not those the model takes
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
   * @throws InvalidInputException if the inputs are not those the model takes, or an output is unknown
   * @throws IllegalStateException if the model is closed
   */
  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    requireOutputs(outputs);
    lock.readLock().lock();
    try {
      requireOpen();
      return runOpen(inputs, new LinkedHashSet<>(outputs));
    } catch (OrtException e) {
      throw failed(e);
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
        closeQuietly(opened.session());
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private Map<String, Tensor> runOpen(Map<String, Tensor> inputs, Set<String> outputs)
      throws OrtException {
    Map<String, Tensor> answers = new LinkedHashMap<>();
    try (Feed feed = Feed.of(inputs, described.inputs(), buffers, file.path().toString());
        OrtSession.Result result = opened.session().run(feed.tensors(), outputs)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        answers.put(output.getKey(), TensorCodec.decode(output.getValue()));
      }
    }
    return Collections.unmodifiableMap(answers);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(file.path() + " is closed; open the model again to run it");
    }
  }

  private void requireOutputs(List<String> wanted) {
    List<String> known = described.outputNames();
    if (wanted.isEmpty()) {
      throw new InvalidInputException(file.path() + ": no output asked for, give some of " + known);
    }
    for (String name : wanted) {
      if (!known.contains(name)) {
        throw new InvalidInputException(
            file.path() + ": unknown output \"" + name + "\", expected some of " + known);
      }
    }
  }

  private RuntimeException failed(OrtException e) {
    String reason = Providers.oneLine(e);
    if (reason.contains("allocate")) {
      return new EnvironmentException(
          file.path() + ": out of memory on " + device().used() + ": " + reason
              + "; run smaller batches",
          e);
    }
    return new InvalidInputException(
        file.path() + ": ONNX Runtime cannot run these inputs: " + reason, e);
  }

  private static void closeQuietly(OrtSession session) {
    try {
      session.close();
    } catch (OrtException e) {
      // The memory is free either way, and the caller can do nothing about it.
    }
  }
}
