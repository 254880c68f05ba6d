package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.runtime.device.Device;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFileTest {
  @TempDir
  Path folder;

  @Test
  void saysWhatASessionSays() throws IOException {
    List<TinyOnnx> files = List.of(
        TinyClassifier.described(),
        TinyRecommender.ratings(TinyRecommender.NAMED),
        TinyRecommender.items(TinyRecommender.NUMBERED),
        TinyOnnx.identity(TinyOnnx.FLOAT16),
        TinyOnnx.identity(TinyOnnx.BOOL),
        TinyOnnx.identity(TinyOnnx.INT32).metadata(Map.of("b", "2", "a", "größer")));
    for (TinyOnnx file : files) {
      assertAgrees(file);
    }
  }

  private void assertAgrees(TinyOnnx graph) throws IOException {
    Path path = graph.write(path());
    ModelFile file = ModelFile.read(path);
    try (Model model = Model.open(path, Device.cpu(1))) {
      assertThat(file.file()).isEqualTo(path);
      assertThat(file.sha256()).isEqualTo(model.sha256());
      assertThat(file.opset()).isEqualTo(model.opset());
      assertThat(file.inputs()).isEqualTo(model.inputs());
      assertThat(file.outputs()).isEqualTo(model.outputs());
      assertThat(file.metadata()).containsExactlyEntriesOf(model.metadata());
      assertThat(file.description()).isEqualTo(model.description());
    }
  }

  /** As files of the first ONNX versions list all of them. */
  @Test
  void inputsWithAValueOfTheirOwnAreLeftOut() throws IOException {
    TinyOnnx graph = TinyOnnx.add(1, 3).input("c", TinyOnnx.FLOAT, 1);
    assertAgrees(graph);
    assertThat(ModelFile.read(path()).inputs()).extracting(TensorInfo::name).containsExactly("x");
  }

  @Test
  void damagedMetadataIsToldAsDamage() throws IOException {
    byte[] whole = TinyOnnx.identity(TinyOnnx.FLOAT).bytes();
    byte[] more =
        new Proto().message(14, new Proto().claiming(1, 9, new byte[2])).bytes();
    Path file = Files.write(path(), whole);
    Files.write(file, more, StandardOpenOption.APPEND);
    for (ThrowingCallable opening : List.<ThrowingCallable>of(
        () -> ModelFile.read(file), () -> Model.open(file, Device.cpu(1)))) {
      assertThatThrownBy(opening)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageStartingWith(file + " is damaged: in what it says of itself there is a part")
          .hasMessageEndingWith("export or copy it again");
    }
  }

  @Test
  void dimensionsWithoutANumberAreFree() throws IOException {
    Proto sizes = new Proto()
        .message(1, new Proto())
        .message(1, new Proto().text(2, "N"))
        .message(1, new Proto().number(1, 0))
        .message(1, new Proto().number(1, -7))
        .message(1, new Proto().number(1, 5).text(3, "a note"));
    Proto tensor = new Proto().number(1, TinyOnnx.FLOAT).message(2, sizes);
    TinyOnnx graph = TinyOnnx.add(1, 3);
    graph.graph().message(11, new Proto().text(1, "z").message(2, new Proto().message(1, tensor)));
    assertAgrees(graph);
    assertThat(ModelFile.read(path()).inputs().get(1))
        .isEqualTo(new TensorInfo("z", ElementType.FLOAT32, List.of(-1L, -1L, 0L, -1L, 5L)));
  }

  @Test
  void nodesAreThoseOfTheGraph() throws IOException {
    Path file = TinyClassifier.described().opset(18).write(path());
    assertThat(ModelFile.read(file).nodes()).isEqualTo(4);
    assertThat(ModelFile.read(file).opset()).isEqualTo(18);
  }

  @Test
  void aFileThatNoSessionOpensIsDescribed() throws IOException {
    Path file =
        TinyClassifier.described().node("NoSuchOperator", new String[0], "z").write(path());
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class);
    assertThat(ModelFile.read(file).description())
        .contains(TinyClassifier.description(TinyClassifier.LABELS));
  }

  @Test
  void whatCannotBeReadIsDescribed() throws IOException {
    TinyOnnx.identity(TinyOnnx.COMPLEX64).write(path());
    TensorInfo complex = ModelFile.read(path()).inputs().get(0);
    assertThat(complex.kind()).isEqualTo("complex64");
    assertThat(complex.type()).isEqualTo(ElementType.OTHER);
    assertThat(complex.readable()).isFalse();
    TinyOnnx sequence = new TinyOnnx().node("Identity", new String[] {"x"}, "y");
    sequence
        .graph()
        .message(11, new Proto().text(1, "x").message(2, new Proto().message(4, new Proto())));
    sequence.write(path());
    assertThat(ModelFile.read(path()).inputs().get(0).described()).isEqualTo("a sequence []");
  }

  @Test
  void whatDoesNotPassTheCheckIsNotDescribed() throws IOException {
    TinyOnnx leaving = new TinyOnnx()
        .node("Identity", new String[] {"c"}, "y")
        .external("c", new long[] {3}, "../secret.bin", 0, 12);
    leaving.write(path());
    assertThatThrownBy(() -> ModelFile.read(path()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("\"../secret.bin\" of tensor \"c\" leaves the model's folder");
  }

  @Test
  void metadataWithoutEndTakesNoMemory() throws IOException {
    byte[] model = TinyOnnx.add(1, 3).bytes();
    int text = (int) DescriptionReader.MAX_KEPT;
    byte[] key = new Proto().text(1, "k").claiming(2, text, new byte[0]).bytes();
    byte[] entry = new Proto().claiming(14, key.length + text, key).bytes();
    try (RandomAccessFile file = new RandomAccessFile(path().toFile(), "rw")) {
      file.write(model);
      file.write(entry);
      // The text is a hole in the file: zeros that take no room on the disk.
      file.setLength(file.length() + text);
    }
    assertThatThrownBy(() -> ModelFile.read(path()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has more than 256 MiB of names and metadata");
    Files.delete(path());
  }

  @Test
  void labelsBeyondTheBasicPlaneStayWhatTheyAre() throws IOException {
    Labels labels = new Labels(List.of("\uD83D\uDE00", "größer", "c"));
    Path file = TinyClassifier.described(labels).write(path());
    assertThat(ModelFile.read(file).description().orElseThrow().labels()).isEqualTo(labels);
    try (Model model = Model.open(file, Device.cpu(1))) {
      assertThat(model.description().orElseThrow().labels()).isEqualTo(labels);
    }
  }

  private Path path() {
    return folder.resolve("model.onnx");
  }
}
