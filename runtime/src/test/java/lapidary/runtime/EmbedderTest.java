package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbedderTest {
  @TempDir
  Path folder;

  @Test
  void takesTheFeaturesOfAClassifier() throws IOException {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    try (Embedder embedder = Embedder.open(file, Device.cpu(1))) {
      assertThat(embedder.output()).isEqualTo("features");
      assertThat(embedder.width()).isEqualTo(6);
      assertThat(embedder.modelSha256()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
      byte[] two = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
      float[][] vectors = embedder.embed(Pixels.of(2, 2, 3, 1, two));
      assertThat(vectors[0]).containsExactly(1, 2, 3, 4, 5, 6);
      assertThat(vectors[1]).containsExactly(7, 8, 9, 10, 11, 12);
      assertThat(embedder.embed(Pictures.greyPng(3, 2, 9, 8, 7, 6, 5, 4), "a.png"))
          .containsExactly(9, 8, 7, 6, 5, 4);
    }
  }

  @Test
  void prefersAnEmbeddingMadeForSearch() throws IOException {
    TinyOnnx graph = TinyClassifier.described()
        .node("Neg", new String[] {"features"}, "embedding")
        .output("embedding", TinyOnnx.FLOAT, -1, 6);
    try (Embedder embedder = Embedder.open(graph.write(folder.resolve("e.onnx")), Device.cpu(1))) {
      assertThat(embedder.output()).isEqualTo("embedding");
      assertThat(embedder.embed(Pixels.of(1, 2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6}))[0])
          .containsExactly(-1, -2, -3, -4, -5, -6);
    }
  }

  @Test
  void takesAnOutputOfManyDimensionsFlat() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node(
            "Cast", new String[] {"pixels"}, "activations", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .input("pixels", TinyOnnx.UINT8, -1, 2, 3, 1)
        .output("activations", TinyOnnx.FLOAT, -1, 2, 3, 1)
        .metadata(DescriptionCodec.toMetadata(TinyClassifier.description(TinyClassifier.LABELS)));
    Path file = graph.write(folder.resolve("a.onnx"));
    try (Embedder embedder = Embedder.open(file, Device.cpu(1), "activations")) {
      assertThat(embedder.width()).isEqualTo(6);
      assertThat(embedder.embed(Pixels.of(1, 2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6}))[0])
          .containsExactly(1, 2, 3, 4, 5, 6);
    }
    assertThatThrownBy(() -> Embedder.open(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name one of [activations]");
  }

  @Test
  void theWidthOfAnOpenOutputFollowsFromTheImageSize() throws IOException {
    TinyOnnx graph = new TinyOnnx()
        .node(
            "Cast", new String[] {"pixels"}, "activations", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .input("pixels", TinyOnnx.UINT8, -1, -1, -1, 1)
        .output("activations", TinyOnnx.FLOAT, -1, -1, -1, 1)
        .metadata(DescriptionCodec.toMetadata(TinyClassifier.description(TinyClassifier.LABELS)));
    Path file = graph.write(folder.resolve("open.onnx"));
    try (Embedder embedder = Embedder.open(file, Device.cpu(1), "activations")) {
      assertThat(embedder.width()).isEqualTo(6);
      float[][] vectors =
          embedder.embed(Pixels.of(2, 2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12}));
      assertThat(vectors[1]).containsExactly(7, 8, 9, 10, 11, 12);
      Pixels larger = Pixels.of(1, 4, 4, 1, new byte[16]);
      assertThatThrownBy(() -> embedder.embed(larger))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("for 1 images of 4×4, not rows of 6; give images of 2×3");
    }
  }

  @Test
  void sizesThatNoImageHasAreRefused() throws IOException {
    Map<String, String> described =
        DescriptionCodec.toMetadata(TinyClassifier.description(TinyClassifier.LABELS));
    ByteBuffer shape = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    shape.putLong(1).putLong(1L << 40).putLong(1L << 40).putLong(1);
    TinyOnnx wide = new TinyOnnx()
        .node("Cast", new String[] {"pixels"}, "b", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .node("GlobalMaxPool", new String[] {"b"}, "m")
        .node("Transpose", new String[] {"m"}, "t", permutation(0, 2, 3, 1))
        .node("GlobalMaxPool", new String[] {"t"}, "one")
        .node("Expand", new String[] {"one", "shape"}, "a")
        .initializer(new Proto()
            .number(1, 4)
            .number(2, TinyOnnx.INT64)
            .text(8, "shape")
            .bytes(9, shape.array()))
        .input("pixels", TinyOnnx.UINT8, -1, 2, 3, 1)
        .output("a", TinyOnnx.FLOAT, -1, 1L << 40, 1L << 40, 1)
        .metadata(described);
    TinyOnnx many = new TinyOnnx()
        .node("Cast", new String[] {"pixels"}, "a", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .input("pixels", TinyOnnx.UINT8, 1L << 40, -1, -1, 1)
        .output("a", TinyOnnx.FLOAT, 1L << 40, -1, -1, 1)
        .metadata(described);
    for (TinyOnnx graph : List.of(wide, many)) {
      Path file = graph.write(folder.resolve("odd.onnx"));
      assertThatThrownBy(() -> Embedder.open(file, Device.cpu(1), "a"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("odd.onnx");
    }
  }

  private static Proto permutation(int... axes) {
    Proto attribute = new Proto().text(1, "perm").number(20, 7);
    for (int axis : axes) {
      attribute.number(8, axis);
    }
    return attribute;
  }

  @Test
  void aMistypedOutputIsToldTheNearestOne() throws IOException {
    Path file = TinyClassifier.described().write(folder.resolve("tiny.onnx"));
    assertThatThrownBy(() -> Embedder.open(file, Device.cpu(1), "feature"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("did you mean \"features\"?");
  }
}
