package lapidary.runtime.device;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import lapidary.models.wire.WireWriter;

/** Runs a graph of one addition on a GPU: a provider may load and find no device, or one that it has no code for. Stateless. */
final class GpuProbe {
  private static final int FLOAT = 1;

  private GpuProbe() {}

  /** Why the device cannot be used, or empty if it has answered. */
  static Optional<String> refusal(Device device) {
    try {
      Path file = Files.createTempFile("lapidary-gpu", ".onnx");
      try {
        Files.write(file, Ort.file(graph()));
        return run(device, file);
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw FileFailure.ofMachine("cannot write a temporary file", e);
    }
  }

  private static Optional<String> run(Device device, Path file) {
    try (SessionOptions options = Ort.options()) {
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      Providers.add(device, GpuOptions.DEFAULT, options);
      try (OrtSession session = Ort.session(file, options);
          OnnxTensor input = Ort.tensor(one(), new long[] {1});
          OrtSession.Result result = session.run(Map.of("x", input))) {
        return result.size() == 1 ? Optional.empty() : Optional.of("it gave no answer");
      }
    } catch (EnvironmentException e) {
      return Optional.of(String.valueOf(e.getMessage()).replaceFirst("^\\S+ cannot be used: ", ""));
    } catch (OrtException e) {
      return Optional.of(Providers.reason(device, String.valueOf(e.getMessage())));
    }
  }

  private static FloatBuffer one() {
    return ByteBuffer.allocateDirect(Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  /** y = x + x, by the field numbers of onnx.proto. */
  private static WireWriter graph() {
    WireWriter sum = new WireWriter().text(1, "x").text(1, "x").text(2, "y").text(4, "Add");
    return new WireWriter()
        .message(1, sum)
        .text(2, "probe")
        .message(11, Ort.port("x", FLOAT))
        .message(12, Ort.port("y", FLOAT));
  }
}
