package lapidary.benchmarks;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.runtime.Binding;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.Devices;

/**
 * What Lapidary adds to ONNX Runtime's own Java call, one image a run, one thread, all ways in turns within one run; the best turn
 * counts, since other work on the machine only slows, and the first is for the compiler. Every way begins with the same array of
 * bytes and ends with an array of floats. The time is that of the thread's processor, which other programs disturb less than the
 * clock's; the clock's stands beside it. Arguments: milliseconds of a turn, how many turns, then .onnx files of image classifiers
 * exported by Lapidary, or {@code FILE@PIXELS} for one of open height and width.
 *
 * <p>The bare run with a fresh tensor is what the others are held against: it is what a program writes that has an image and wants an
 * answer, one image after the other. The bare run with a tensor used again has to know its shape beforehand, as a bound run has.
 */
public final class RunOverhead {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final String OUTPUT = "probabilities";
  private static final int CALLS_A_LOOK = 16;

  private final long nanos;
  private final int turns;

  private RunOverhead(long nanos, int turns) {
    this.nanos = nanos;
    this.turns = turns;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    System.out.println(Processor.line());
    RunOverhead race =
        new RunOverhead(Long.parseLong(arguments[0]) * 1_000_000, Integer.parseInt(arguments[1]));
    // The main thread's stack is too small for ONNX Runtime to be loaded on.
    Devices.probe();
    for (String file : Arrays.asList(arguments).subList(2, arguments.length)) {
      int at = file.lastIndexOf('@');
      race.measure(
          Path.of(at < 0 ? file : file.substring(0, at)),
          at < 0 ? 0 : Integer.parseInt(file.substring(at + 1)));
    }
  }

  /** Answers the same image once more. */
  @FunctionalInterface
  private interface Run {
    float[] answer() throws OrtException;
  }

  /** A way to run, and the best that was seen of it a call: nanoseconds of the processor and the clock, bytes of garbage. */
  private static final class Way {
    private final String name;
    private final Run run;
    private double processor = Double.MAX_VALUE;
    private double clock = Double.MAX_VALUE;
    private double garbage = Double.MAX_VALUE;

    Way(String name, Run run) {
      this.name = name;
      this.run = run;
    }
  }

  private void measure(Path file, int pixels) throws OrtException {
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = options();
        OrtSession session = environment.createSession(file.toString(), options);
        Model model = Model.open(file, Device.cpu(1));
        ImageClassifier classifier = ImageClassifier.open(file, Device.cpu(1))) {
      Image image = new Image(classifier.input(), pixels);
      try (OnnxTensor tensor = image.tensor(environment);
          Binding binding = model.bind(image.inputs(), List.of(OUTPUT))) {
        List<Way> ways = new ArrayList<>();
        ways.add(new Way("bare, a fresh tensor", () -> fresh(environment, session, image)));
        ways.add(new Way("bare, one tensor", () -> again(session, tensor, image)));
        ways.add(new Way("Model.run", () -> run(model, image)));
        ways.add(new Way("bound run", bound(binding, image)));
        ways.add(new Way("ImageClassifier", () -> classifier.probabilities(image.pixels())[0]));
        race(ways);
        print(file, ways);
      }
    }
  }

  private static OrtSession.SessionOptions options() throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1);
    return options;
  }

  /** One image, as everybody gets it. */
  private static final class Image {
    private final String name;
    private final byte[] bytes;
    private final long[] shape;

    /** @param pixels height and width, or 0 for those of the description */
    Image(ImageInput input, int pixels) {
      name = input.name();
      int height = pixels > 0 ? pixels : input.size().height();
      int width = pixels > 0 ? pixels : input.size().width();
      shape = new long[] {1, height, width, input.size().channels()};
      bytes = new byte[height * width * input.size().channels()];
    }

    Map<String, Tensor> inputs() {
      return Map.of(name, Tensor.uint8(bytes, shape));
    }

    Pixels pixels() {
      return Pixels.of(1, (int) shape[1], (int) shape[2], (int) shape[3], bytes);
    }

    OnnxTensor tensor(OrtEnvironment environment) throws OrtException {
      ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length).order(ByteOrder.nativeOrder());
      return OnnxTensor.createTensor(environment, direct, shape, OnnxJavaType.UINT8);
    }
  }

  private static float[] fresh(OrtEnvironment environment, OrtSession session, Image image)
      throws OrtException {
    ByteBuffer bytes = ByteBuffer.wrap(image.bytes);
    try (OnnxTensor tensor =
            OnnxTensor.createTensor(environment, bytes, image.shape, OnnxJavaType.UINT8);
        OrtSession.Result result = session.run(Map.of(image.name, tensor), Set.of(OUTPUT))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  private static float[] again(OrtSession session, OnnxTensor tensor, Image image)
      throws OrtException {
    ByteBuffer bytes = (ByteBuffer) tensor.getBufferRef().orElseThrow();
    bytes.put(0, image.bytes);
    try (OrtSession.Result result = session.run(Map.of(image.name, tensor), Set.of(OUTPUT))) {
      return ((OnnxTensor) result.get(0)).getFloatBuffer().array();
    }
  }

  private static float[] run(Model model, Image image) {
    return model.run(image.inputs(), List.of(OUTPUT)).values().iterator().next().floats();
  }

  private static Run bound(Binding binding, Image image) {
    ByteBuffer bytes = binding.input(image.name);
    FloatBuffer answers = binding.output(OUTPUT).asFloatBuffer();
    float[] answer = new float[answers.capacity()];
    return () -> {
      bytes.put(0, image.bytes);
      binding.run();
      answers.get(0, answer);
      return answer;
    };
  }

  private void race(List<Way> ways) throws OrtException {
    for (int turn = 0; turn <= turns; turn++) {
      for (Way way : ways) {
        turn(way, turn > 0);
      }
    }
  }

  private void turn(Way way, boolean counts) throws OrtException {
    long thread = Thread.currentThread().getId();
    long allocated = THREADS.getThreadAllocatedBytes(thread);
    long processor = THREADS.getCurrentThreadCpuTime();
    long start = System.nanoTime();
    long calls = 0;
    long now = start;
    while (now - start < nanos) {
      for (int i = 0; i < CALLS_A_LOOK; i++) {
        way.run.answer();
      }
      calls += CALLS_A_LOOK;
      now = System.nanoTime();
    }
    if (counts) {
      double garbage = (double) (THREADS.getThreadAllocatedBytes(thread) - allocated) / calls;
      way.processor =
          Math.min(way.processor, (double) (THREADS.getCurrentThreadCpuTime() - processor) / calls);
      way.clock = Math.min(way.clock, (double) (now - start) / calls);
      way.garbage = Math.min(way.garbage, garbage);
    }
  }

  private static void print(Path file, List<Way> ways) {
    System.out.println(file.getFileName());
    double bare = ways.get(0).processor;
    for (Way way : ways) {
      System.out.printf(
          Locale.ROOT,
          "  %-22s %,10.2f µs of CPU  %.3f ×  (%,.2f µs by the clock)  %,.0f bytes of garbage%n",
          way.name,
          way.processor / 1e3,
          way.processor / bare,
          way.clock / 1e3,
          way.garbage);
    }
  }
}
