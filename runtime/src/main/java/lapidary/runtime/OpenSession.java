package lapidary.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.check.OpenablePath;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.DeviceReport;
import lapidary.runtime.device.Devices;
import lapidary.runtime.device.GpuOptions;
import lapidary.runtime.device.Ort;
import lapidary.runtime.device.Providers;

/**
 * A native session and the device it got.
 *
 * @param session the owner's to close
 * @param report which device and why
 */
record OpenSession(OrtSession session, DeviceReport report) implements AutoCloseable {
  private static final Map<ModelOptions.Optimization, OptLevel> LEVELS = Map.of(
      ModelOptions.Optimization.NONE, OptLevel.NO_OPT,
      ModelOptions.Optimization.BASIC, OptLevel.BASIC_OPT,
      ModelOptions.Optimization.EXTENDED, OptLevel.EXTENDED_OPT,
      ModelOptions.Optimization.ALL, OptLevel.ALL_OPT);

  /**
   * Opens a session on the device asked for and on no other.
   *
   * @param memoryPattern whether memory is planned by shape
   * @throws EnvironmentException if the device is not there
   * @throws InvalidInputException if ONNX Runtime refuses the file
   */
  static OpenSession open(OnnxFileCheck.Checked file, ModelOptions options, boolean memoryPattern) {
    Device device = options.device();
    if (!(device instanceof Device.Auto)) {
      return on(
          device,
          file,
          options,
          memoryPattern,
          new DeviceReport(device.text(), device.text(), "asked for"));
    }
    return automatic(file, options, memoryPattern);
  }

  private static OpenSession automatic(
      OnnxFileCheck.Checked file, ModelOptions options, boolean memoryPattern) {
    Device gpu = Device.cuda(0);
    try {
      return on(
          gpu,
          file,
          options,
          memoryPattern,
          new DeviceReport("auto", gpu.text(), "CUDA is available"));
    } catch (EnvironmentException e) {
      Device cpu = Device.cpu();
      return on(
          cpu,
          file,
          options,
          memoryPattern,
          new DeviceReport("auto", cpu.text(), String.valueOf(e.getMessage())));
    }
  }

  private static OpenSession on(
      Device device,
      OnnxFileCheck.Checked file,
      ModelOptions options,
      boolean memoryPattern,
      DeviceReport report) {
    Optional<String> missing = Devices.missing(device);
    if (missing.isPresent()) {
      throw new EnvironmentException(device.text() + " cannot be used: " + missing.get());
    }
    try (SessionOptions session = Ort.options()) {
      configure(session, options);
      session.setMemoryPatternOptimization(memoryPattern);
      makeFolder(options.gpu());
      Providers.add(device, options.gpu(), session);
      return new OpenSession(create(device, file, session), report);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime refuses its own options: " + e.getMessage(), e);
    }
  }

  private static void makeFolder(GpuOptions gpu) {
    gpu.engines().ifPresent(folder -> {
      try {
        Files.createDirectories(folder);
      } catch (IOException e) {
        throw FileFailure.changing(
            "cannot make " + folder, folder, e, "name another folder for TensorRT's engines");
      }
    });
  }

  /** Frees the session. */
  @Override
  public void close() {
    try {
      session.close();
    } catch (OrtException e) {
      // The memory is free either way, and the caller can do nothing about it.
    }
  }

  private static OrtSession create(
      Device device, OnnxFileCheck.Checked file, SessionOptions options) {
    try (OpenablePath openable = OpenablePath.of(file)) {
      return Ort.session(openable.path(), options);
    } catch (OrtException e) {
      if (device instanceof Device.Cpu || Providers.blamesFile(e)) {
        throw new InvalidInputException(
            file.path() + " is refused by ONNX Runtime: " + Providers.oneLine(e)
                + "; export the model again",
            e);
      }
      throw Providers.unusable(device, e);
    }
  }

  private static void configure(SessionOptions session, ModelOptions options) throws OrtException {
    session.setOptimizationLevel(LEVELS.getOrDefault(options.optimization(), OptLevel.ALL_OPT));
    // Otherwise a name or some first bytes would make it another format, of which nothing was
    // checked.
    session.addConfigEntry("session.load_model_format", "ONNX");
    // What a session logs as an error it also throws; a second copy on stderr would spoil --json.
    session.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    // Threads that wait by spinning take whole cores from the rest of the program between two
    // operators.
    session.addConfigEntry("session.intra_op.allow_spinning", "0");
  }
}
