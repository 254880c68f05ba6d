package lapidary.exporter.trace.operators;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Runs kept files in whichever ONNX Runtime stands on the class path, alone in its process: it needs nothing else. */
final class RuntimeProcess {
  static final String RIGHT = "right";
  static final String WRONG = "wrong";
  static final String REFUSED = "refused";

  private RuntimeProcess() {}

  /**
   * Appends a line for each file that has none yet: its name, what became of it, and by how much it is wrong or why it is refused.
   * The line of what ends the process is cut short.
   *
   * @param arguments the folder of the files, and the file of lines
   */
  public static void main(String[] arguments) throws IOException {
    Path results = Path.of(arguments[1]);
    Set<String> done = Files.readAllLines(results).stream()
        .map(line -> line.substring(0, line.indexOf('\t')))
        .collect(Collectors.toCollection(HashSet::new));
    try (Stream<Path> listed = Files.list(Path.of(arguments[0]))) {
      List<Path> files =
          listed.filter(file -> file.toString().endsWith(".onnx")).sorted().toList();
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!done.contains(name)) {
          append(results, name + '\t');
          append(results, run(file) + '\n');
        }
      }
    }
  }

  private static void append(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardOpenOption.APPEND);
  }

  private static String run(Path file) throws IOException {
    KeptRows rows = KeptRows.read(Path.of(file + ".rows"));
    OrtEnvironment environment =
        OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
      try (OrtSession session = environment.createSession(file.toString(), options)) {
        double worst = 0;
        for (KeptRows.Batch batch : rows.batches()) {
          worst = Math.max(worst, distance(environment, session, batch));
        }
        return (worst <= rows.tolerance() ? RIGHT : WRONG) + '\t' + worst;
      }
    } catch (OrtException e) {
      return REFUSED + '\t' + e.getMessage().replaceAll("\\s+", " ");
    }
  }

  private static double distance(
      OrtEnvironment environment, OrtSession session, KeptRows.Batch batch) throws OrtException {
    Map<String, OnnxTensor> feed = new HashMap<>();
    try {
      for (KeptTensor tensor : batch.inputs()) {
        feed.put(tensor.name(), tensor(environment, tensor));
      }
      try (OrtSession.Result answers = session.run(feed)) {
        double worst = 0;
        for (KeptTensor wanted : batch.wanted()) {
          OnnxTensor answer = (OnnxTensor) answers.get(wanted.name()).orElseThrow();
          worst = Math.max(worst, wanted.distance(answer.getInfo().getShape(), numbers(answer)));
        }
        return worst;
      }
    } finally {
      feed.values().forEach(OnnxValue::close);
    }
  }

  private static OnnxTensor tensor(OrtEnvironment environment, KeptTensor tensor)
      throws OrtException {
    double[] numbers = tensor.numbers();
    if (tensor.type().equals("INT64")) {
      LongBuffer longs = LongBuffer.allocate(numbers.length);
      for (double number : numbers) {
        longs.put((long) number);
      }
      return OnnxTensor.createTensor(environment, longs.flip(), tensor.shape());
    }
    FloatBuffer floats = FloatBuffer.allocate(numbers.length);
    for (double number : numbers) {
      floats.put((float) number);
    }
    return OnnxTensor.createTensor(environment, floats.flip(), tensor.shape());
  }

  private static double[] numbers(OnnxTensor tensor) {
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16 -> {
        FloatBuffer floats = tensor.getFloatBuffer();
        yield numbers(floats.remaining(), floats::get);
      }
      case DOUBLE -> {
        DoubleBuffer doubles = tensor.getDoubleBuffer();
        yield numbers(doubles.remaining(), doubles::get);
      }
      case INT64 -> {
        LongBuffer longs = tensor.getLongBuffer();
        yield numbers(longs.remaining(), longs::get);
      }
      case INT32 -> {
        IntBuffer ints = tensor.getIntBuffer();
        yield numbers(ints.remaining(), ints::get);
      }
      default -> {
        ByteBuffer bytes = tensor.getByteBuffer();
        yield numbers(bytes.remaining(), bytes::get);
      }
    };
  }

  private static double[] numbers(int count, IntToDoubleFunction number) {
    return IntStream.range(0, count).mapToDouble(number).toArray();
  }
}
