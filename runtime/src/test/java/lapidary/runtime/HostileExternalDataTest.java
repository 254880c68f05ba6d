package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.Ort;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every place where an ONNX file may keep a tensor, with every trick we know to make it read something else. All are refused by
 * the check itself, before there is a session that could read anything.
 */
final class HostileExternalDataTest {
  private static final String MEMORY = "*/_ORT_MEM_ADDR_/*";

  @TempDir
  Path outside;

  private Path folder;

  @BeforeEach
  void makeModelFolder() throws IOException {
    folder = Files.createDirectories(outside.resolve("model"));
    Files.write(outside.resolve("secret.bin"), Proto.littleEndian(66, 66, 66));
    Files.write(folder.resolve("ok.bin"), Proto.littleEndian(1, 2, 3));
    Files.write(folder.resolve("other.bin"), Proto.littleEndian(7, 8, 9));
    Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
    Files.createDirectories(folder.resolve("*/_ORT_MEM_ADDR_"));
    Files.write(folder.resolve(MEMORY), Proto.littleEndian(1, 2, 3));
  }

  /** Where a tensor may be: a model around it. */
  private record Place(String name, Function<Proto, Proto> around) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Place> places() {
    return List.of(
        new Place("initializer", tensor -> model(graph().message(5, tensor))),
        new Place("sparse initializer", tensor -> model(graph().message(15, in(1, tensor)))),
        new Place("its indices", tensor -> model(graph().message(15, in(2, tensor)))),
        new Place("attribute", tensor -> model(node(5, tensor))),
        new Place("attribute of several", tensor -> model(node(10, tensor))),
        new Place("sparse attribute", tensor -> model(node(22, in(1, tensor)))),
        new Place("sparse attribute of several", tensor -> model(node(23, in(2, tensor)))),
        new Place("graph within", tensor -> model(node(6, in(5, tensor)))),
        new Place("graphs within", tensor -> model(node(11, in(5, tensor)))),
        new Place("graph within a graph within", tensor -> model(node(6, node(6, in(5, tensor))))),
        new Place("function", tensor -> model(graph()).message(25, in(7, in(5, in(5, tensor))))),
        new Place(
            "function's default", tensor -> model(graph()).message(25, in(11, in(5, tensor)))),
        new Place("training's start", tensor -> model(graph()).message(20, in(1, in(5, tensor)))),
        new Place("training's step", tensor -> model(graph()).message(20, in(2, in(5, tensor)))));
  }

  private static Proto in(int field, Proto value) {
    return new Proto().message(field, value);
  }

  private static Proto model(Proto graph) {
    return new Proto().number(1, 8).message(8, new Proto().number(2, 17)).message(7, graph);
  }

  private static Proto graph() {
    return new Proto().message(1, new Proto().text(2, "y").text(4, "Identity"));
  }

  /** A graph with node n of one attribute, called value. */
  private static Proto node(int field, Proto value) {
    return node(new Proto().text(1, "value").message(field, value));
  }

  private static Proto node(Proto attribute) {
    return graph().message(1, new Proto().text(3, "n").message(5, attribute));
  }

  @ParameterizedTest
  @MethodSource("places")
  void isRefusedInEveryPlace(Place place) throws IOException {
    write(place, entries("location", "ok.bin", "length", "12").number(14, 1));
    assertThatCode(() -> OnnxFileCheck.check(file())).as("honest").doesNotThrowAnyException();
    for (Trick trick : tricks()) {
      write(place, trick.tensor);
      assertThatThrownBy(() -> OnnxFileCheck.check(file()))
          .as(trick.refusals.toString())
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("model.onnx", "tensor \"c\"")
          .hasMessageContainingAll(trick.refusals.toArray(String[]::new));
    }
  }

  /** A tensor and parts of the sentence that refuses it. */
  private record Trick(Proto tensor, List<String> refusals) {
    Trick(Proto tensor, String... refusals) {
      this(tensor, List.of(refusals));
    }
  }

  private List<Trick> tricks() {
    List<Trick> tricks = new ArrayList<>();
    for (String location :
        List.of("../secret.bin", "a/../../secret.bin", "link.bin", "../model/ok.bin")) {
      tricks.add(at(location, "leaves the model's folder"));
    }
    for (String location :
        List.of(MEMORY, "*/ok.bin", outside.resolve("secret.bin").toString(), "./ok.bin", "")) {
      tricks.add(at(location, "is not a plain name relative to the model's folder"));
    }
    for (String second : List.of(MEMORY, "../secret.bin", "other.bin", "ok.bin")) {
      tricks.add(new Trick(
          entries("location", "ok.bin", "length", "12", "location", second).number(14, 1),
          "has its location 2 times, \"ok.bin\", \"" + second + "\""));
    }
    tricks.add(new Trick(
        entries("location", "ok.bin", "offset", "0", "offset", "4").number(14, 1),
        "has its offset 2 times, \"0\", \"4\""));
    tricks.add(new Trick(
        entries("location", "ok.bin", "prepacked_1", "k|0;12;0").number(14, 1),
        "has the key \"prepacked_1\", which is not one of ONNX's"));
    tricks.add(new Trick(entries().number(14, 1), "external data \"\"", "is not a plain name"));
    tricks.add(new Trick(
        entries("location", "ok.bin").number(14, 1).number(14, 1), "a second field 14 in tensor"));
    tricks.add(new Trick(
        entries("location", "ok.bin").number(14, (1L << 32) + 1),
        "has data_location 4294967297, which is unknown"));
    tricks.add(new Trick(
        entries().message(13, entry("location", "ok.bin").text(2, MEMORY)).number(14, 1),
        "a second field 2 in an external data of tensor"));
    return tricks;
  }

  private static Trick at(String location, String refusal) {
    return new Trick(
        entries("location", location, "length", "12").number(14, 1),
        "external data \"" + location + "\" of",
        refusal);
  }

  /** Protobuf takes what stands twice as one message, its lists joined: two tensors with a location each are one with two. */
  @Test
  void aTensorInTwoPartsIsRefused() throws IOException {
    Proto first = entries("location", "ok.bin", "length", "12").number(14, 1);
    Proto second = new Proto().message(13, entry("location", MEMORY));
    Proto attribute = new Proto().text(1, "value").message(5, first).message(5, second);
    assertTwice(model(node(attribute)), "a second field 5 in attribute \"value\" of node \"n\"");
    Proto sparse = new Proto().message(1, first).message(1, second);
    assertTwice(model(graph().message(15, sparse)), "a second field 1 in a sparse tensor");
    Proto graphs = new Proto().text(1, "value").message(6, new Proto()).message(6, new Proto());
    assertTwice(model(node(graphs)), "a second field 6 in attribute \"value\" of node \"n\"");
    assertTwice(model(graph()).message(7, new Proto()), "a second field 7 in a model");
    Proto training = new Proto().message(2, new Proto()).message(2, new Proto());
    assertTwice(model(graph()).message(20, training), "a second field 2 in a training");
  }

  private void assertTwice(Proto model, String sentence) throws IOException {
    Files.write(file(), model.bytes());
    assertThatThrownBy(() -> OnnxFileCheck.check(file()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx")
        .hasMessageContaining(sentence);
  }

  /** What is at stake: without the check ONNX Runtime takes the last of two locations, and memory for a file. */
  @Test
  void withoutTheCheckTheTrickReadsThisProcessesMemory() throws Exception {
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.isReadable(maps), "memory is listed in /proc/self/maps on Linux only");
    String library = Files.readAllLines(maps).stream()
        .filter(line -> line.contains(" 00000000 ") && line.endsWith("libjvm.so"))
        .findFirst()
        .orElseThrow();
    long address = Long.parseLong(library.substring(0, library.indexOf('-')), 16);
    Path file = added(entries("location", "ok.bin", "location", MEMORY)
        .message(13, entry("offset", Long.toString(address)))
        .message(13, entry("length", "12")));
    byte[] elf = new byte[12];
    try (var in = Files.newInputStream(Path.of(library.substring(library.indexOf('/'))))) {
      assertThat(in.read(elf)).isEqualTo(12);
    }
    assertThat(unchecked(file)).isEqualTo(elf);
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has its location 2 times, \"ok.bin\", \"" + MEMORY + "\"");
  }

  @Test
  void withoutTheCheckTheLastOfTwoLocationsIsRead() throws Exception {
    Path file = added(entries("location", "ok.bin", "location", "other.bin", "length", "12"));
    assertThat(unchecked(file)).isEqualTo(Proto.littleEndian(7, 8, 9));
  }

  /** Such a file's name makes ONNX Runtime read it as another format, of which nothing was checked. */
  @Test
  void theNameOfAFileDoesNotChooseItsFormat() throws IOException {
    try (Model model =
        Model.open(TinyOnnx.add(1, 3).write(folder.resolve("model.ort")), Device.cpu(1))) {
      assertThat(model.inputs()).hasSize(1);
    }
  }

  /** The tensor's bytes as a session without our check reads them. */
  private static byte[] unchecked(Path file) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = Ort.session(file, options);
        OnnxTensor x = Ort.tensor(LongBuffer.allocate(1), new long[] {1});
        OrtSession.Result result = session.run(Map.of("x", x))) {
      byte[] bytes = new byte[12];
      ((OnnxTensor) result.get(0)).getByteBuffer().get(bytes);
      return bytes;
    }
  }

  /** A graph that gives the tensor as it is. */
  private Path added(Proto tensor) throws IOException {
    return new TinyOnnx()
        .node("Identity", new String[] {"c"}, "y")
        .node("Identity", new String[] {"x"}, "z")
        .initializer(tensor.number(14, 1))
        .input("x", TinyOnnx.INT64, 1)
        .output("y", TinyOnnx.FLOAT, 3)
        .output("z", TinyOnnx.INT64, 1)
        .write(file());
  }

  private void write(Place place, Proto tensor) throws IOException {
    Files.write(file(), place.around.apply(tensor).bytes());
  }

  private Path file() {
    return folder.resolve("model.onnx");
  }

  /** A float32 tensor [3] called c with these keys and values. */
  private static Proto entries(String... keysAndValues) {
    Proto tensor = new Proto().number(1, 3).number(2, TinyOnnx.FLOAT).text(8, "c");
    for (int i = 0; i < keysAndValues.length; i += 2) {
      tensor.message(13, entry(keysAndValues[i], keysAndValues[i + 1]));
    }
    return tensor;
  }

  private static Proto entry(String key, String value) {
    return new Proto().text(1, key).text(2, value);
  }
}
