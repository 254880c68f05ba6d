package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ExternalDataTest {
  private static final byte[] WEIGHTS = Proto.littleEndian(9, 10, 20, 30);

  @TempDir
  Path outside;

  private Path folder;

  @BeforeEach
  void makeModelFolder() throws IOException {
    folder = Files.createDirectories(outside.resolve("model"));
    Files.write(outside.resolve("secret.bin"), WEIGHTS);
  }

  @Test
  void weightsBesideTheModelAreRead() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    Files.write(folder.resolve("data/weights.bin"), WEIGHTS);
    try (Model model = Model.open(model("data/weights.bin", 4, 12), Device.cpu(1))) {
      assertThat(
              model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))).get("y").floats())
          .containsExactly(10, 20, 30);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../secret.bin",
        "data/../../secret.bin",
        "./../secret.bin",
        "..",
        "a/../secret.bin"
      })
  void locationsThatClimbOutAreRefused(String location) throws IOException {
    assertRefused(model(location, 4, 12), "leaves the model's folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "a\\b",
        "..\\secret.bin",
        "C:\\secret.bin",
        "nul\0byte",
        "a//b",
        "a/",
        "./a",
        "a/./b",
        ".",
        "*/a",
        "*/_ORT_MEM_ADDR_/*",
        "*/_ORT_NATIVE_ENDIAN_MEM_ADDR_/*"
      })
  void locationsThatAreNotRelativeNamesAreRefused(String location) throws IOException {
    assertRefused(
        model(location, 4, 12),
        "external data \"" + location + "\" of tensor \"c\" is not a plain name relative to");
  }

  @Test
  void absoluteLocationIsRefused() throws IOException {
    assertRefused(
        model(outside.resolve("secret.bin").toAbsolutePath().toString(), 4, 12),
        "is not a plain name relative to the model's folder");
  }

  @Test
  void linksAreRefusedAsFileAndAsFolder() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), outside.resolve("secret.bin"));
    Files.createSymbolicLink(folder.resolve("up"), outside);
    assertRefused(model("link.bin", 4, 12), "leaves the model's folder");
    assertRefused(model("up/secret.bin", 4, 12), "leaves the model's folder");
  }

  @Test
  void aLinkedModelIsOpenedWhereItReallyIs() throws IOException {
    Files.write(folder.resolve("weights.bin"), WEIGHTS);
    Path link = Files.createSymbolicLink(outside.resolve("link.onnx"), model("weights.bin", 4, 12));
    Files.write(outside.resolve("weights.bin"), Proto.littleEndian(0, 7, 7, 7));
    try (Model model = Model.open(link, Device.cpu(1))) {
      assertThat(model.file()).isEqualTo(link);
      assertThat(
              model.run(Map.of("x", Tensor.floats(new float[3], 1, 3))).get("y").floats())
          .containsExactly(10, 20, 30);
    }
  }

  @Test
  void filesThatAreNotThereOrTooShortAreRefused() throws IOException {
    assertRefused(model("weights.bin", 4, 12), "\"weights.bin\" of tensor \"c\" is not there");
    Files.write(folder.resolve("weights.bin"), WEIGHTS);
    assertRefused(model("weights.bin", 8, 12), "has 16 bytes, not the 12 from 8 on");
    assertRefused(model("weights.bin", 17, 0), "has 16 bytes, not the 0 from 17 on");
    assertRefused(
        model("weights.bin", -4, 12), "has the offset \"-4\", which is not a number of bytes");
  }

  @Test
  void hiddenInTheAttributeOfANodeTheyAreFoundToo() throws IOException {
    Proto tensor = new Proto()
        .number(1, 3)
        .number(2, TinyOnnx.FLOAT)
        .message(13, new Proto().text(1, "location").text(2, "../secret.bin"))
        .number(14, 1);
    Proto value = new Proto().text(1, "value").message(5, tensor).number(20, 4);
    TinyOnnx constant = new TinyOnnx()
        .node("Constant", new String[0], "c", value)
        .node("Add", new String[] {"x", "c"}, "y")
        .input("x", TinyOnnx.FLOAT, -1, 3)
        .output("y", TinyOnnx.FLOAT, -1, 3);
    assertRefused(
        constant.write(folder.resolve("model.onnx")),
        "of a tensor of attribute \"value\" of node \"Constant_c\" leaves the model's folder");
  }

  private Path model(String location, long offset, long length) throws IOException {
    return new TinyOnnx()
        .node("Add", new String[] {"x", "c"}, "y")
        .external("c", new long[] {3}, location, offset, length)
        .input("x", TinyOnnx.FLOAT, -1, 3)
        .output("y", TinyOnnx.FLOAT, -1, 3)
        .write(folder.resolve("model.onnx"));
  }

  private static void assertRefused(Path model, String sentence) {
    assertThatThrownBy(() -> Model.open(model, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model.onnx: external data")
        .hasMessageContaining(sentence);
  }
}
