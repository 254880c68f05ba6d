package lapidary.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Model;
import lapidary.runtime.Proto;
import lapidary.runtime.TinyClassifier;
import lapidary.runtime.TinyOnnx;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OnnxFileCheckTest {
  @TempDir
  Path folder;

  @Test
  void soundFilePasses() throws IOException {
    Path file = TinyClassifier.described().opset(19).write(folder.resolve("m.onnx"));
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    assertThat(checked.content().opset()).isEqualTo(19);
    checked.requireUnchanged();
  }

  @Test
  void fileThatWasReplacedSinceIsNoticed() throws IOException {
    Path file = TinyOnnx.add(1, 3).write(folder.resolve("m.onnx"));
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    TinyClassifier.described().write(file);
    assertThatThrownBy(checked::requireUnchanged).hasMessageContaining("was changed while");
    Files.delete(file);
    assertThatThrownBy(checked::requireUnchanged).hasMessageContaining("was taken away while");
  }

  @Test
  void whatIsNoFileHasItsOwnSentence() throws IOException {
    assertRefused(
        folder.resolve("none.onnx"), "none.onnx does not exist; give the path of an ONNX");
    assertRefused(folder, "is a folder; give the ONNX file in it");
    assertRefused(write(new byte[0]), "model.onnx is empty; export or copy the model again");
  }

  @Test
  void picturesAndTextsAreNoModels() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB), "png", png);
    assertRefused(write(png.toByteArray()), "model.onnx is not an ONNX file, or a damaged one");
    assertRefused(
        write("A text about networks.\n".getBytes(StandardCharsets.UTF_8)),
        "is not an ONNX file, or a damaged");
    assertRefused(
        write("<html></html>".getBytes(StandardCharsets.UTF_8)),
        "is not an ONNX file, or a damaged one");
  }

  @Test
  void fileCutInHalfSaysWhereItStops() throws IOException {
    byte[] whole = TinyClassifier.described().bytes();
    assertRefused(write(Arrays.copyOf(whole, whole.length / 2)), "bytes where");
  }

  @Test
  void everyShorterPartOfAFileIsRefusedInJava() throws IOException {
    byte[] whole = TinyOnnx.add(1, 3).bytes();
    for (int length = 1; length < whole.length; length++) {
      Path file = write(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> OnnxFileCheck.check(file))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(InvalidInputException.class);
    }
  }

  @Test
  void flippedBytesAreRefusedOrRunButNeverEndTheProcess() throws IOException {
    byte[] whole = TinyClassifier.described().bytes();
    Random random = new Random(7);
    for (int i = 0; i < 300; i++) {
      byte[] flipped = whole.clone();
      flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
      Path file = write(flipped);
      try (Model model = Model.open(file, Device.cpu(1))) {
        assertThat(model.inputs()).isNotNull();
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageContaining("model.onnx");
      }
    }
  }

  @Test
  void modelsWithoutNodesOrOperatorSetAreNone() throws IOException {
    Proto header = new Proto().number(1, 8).text(2, "someone");
    assertRefused(write(header.bytes()), "it has no graph with a node");
    header.message(7, new Proto().text(2, "empty graph"));
    assertRefused(write(header.bytes()), "it has no graph with a node");
    Proto noImport = new Proto().number(1, 8).message(7, TinyOnnx.add(1, 3).graph());
    assertRefused(write(noImport.bytes()), "it has no opset import");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, Long.MIN_VALUE, 1L << 40})
  void versionsOfOperatorSetsThatCannotBeAreRefused(long version) throws IOException {
    Proto model = new Proto().number(1, 8).message(7, TinyOnnx.add(1, 3).graph());
    model.message(8, new Proto().text(1, "").number(2, version));
    assertRefused(
        write(model.bytes()), "there is version " + version + " of operator set \"\"; export");
  }

  @Test
  void nodesOfFunctionsAreNotThoseOfAGraph() throws IOException {
    Proto function = new Proto().message(7, new Proto().text(4, "Identity"));
    Proto model = new Proto().number(1, 8).message(25, function).message(8, new Proto());
    assertRefused(write(model.bytes()), "it has no graph with a node");
  }

  @Test
  void lengthsBeyondTheFileAreRefused() throws IOException {
    assertRefused(
        write(new Proto().claiming(7, 1L << 40, new byte[10]).bytes()),
        "a part of 1099511627776 bytes where 10 are left");
    assertRefused(
        write(new Proto().claiming(7, -1, new byte[10]).bytes()),
        "a part of 18446744073709551615 bytes where 10 are left");
    assertRefused(write(new Proto().raw(0x0a).bytes()), "the end of the file inside a value");
  }

  @Test
  void partThatReachesOutOfItsParentIsRefused() throws IOException {
    byte[] node = new Proto().claiming(1, 20, new byte[4]).bytes();
    byte[] model = new Proto()
        .message(7, new Proto().bytes(1, node))
        .bytes(2, new byte[50])
        .bytes();
    assertRefused(write(model), "a part of 20 bytes where 4 are left");
  }

  @Test
  void numbersThatAreNoneAreRefused() throws IOException {
    int[] endless = new int[12];
    Arrays.fill(endless, 0xff);
    assertRefused(write(new Proto().raw(endless).bytes()), "a number of more than ten bytes");
    assertRefused(write(new Proto().raw(0x00, 0x01).bytes()), "field number 0");
    assertRefused(write(new Proto().raw(0x0b).bytes()), "wire type 3");
  }

  @Test
  void graphsInGraphsWithoutEndAreRefused() throws IOException {
    assertThat(OnnxFileCheck.check(write(nested(20))).content().opset()).isEqualTo(17);
    assertRefused(write(nested(25)), "more than 64 messages inside one another");
  }

  @Test
  void weightsAreSkippedNotParsed() throws IOException {
    // Every byte would be a damaged message, were it read as one.
    byte[] weights = new byte[1 << 20];
    Arrays.fill(weights, (byte) 0x0b);
    TinyOnnx large = TinyOnnx.add(1, 3)
        .initializer(new Proto().number(1, 1 << 18).number(2, 1).text(8, "big").bytes(9, weights));
    assertThat(OnnxFileCheck.check(large.write(folder.resolve("large.onnx")))
            .content()
            .opset())
        .isEqualTo(17);
  }

  /** Graphs in the attributes of nodes of graphs, three messages a level. */
  private static byte[] nested(int levels) {
    Proto graph = new Proto().message(1, new Proto().text(4, "Identity"));
    for (int i = 0; i < levels; i++) {
      graph = new Proto().message(1, new Proto().message(5, new Proto().message(6, graph)));
    }
    return new Proto().message(7, graph).message(8, new Proto().number(2, 17)).bytes();
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes);
  }

  private static void assertRefused(Path file, String sentence) {
    assertThatThrownBy(() -> Model.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence);
  }
}
