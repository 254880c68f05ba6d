package lapidary.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.DescriptionCodec;
import lapidary.models.IdVocabulary;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.Signature;
import lapidary.runtime.device.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ItemFactorsTest {
  @TempDir
  Path folder;

  @Test
  void readsEveryKnownItemAndTheCatalogue() throws IOException {
    Path file = TinyRecommender.items(TinyRecommender.NAMED)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.CATALOGUE))
        .write(folder.resolve("items.onnx"));
    ItemFactors items = ItemFactors.read(file, Device.cpu(1));
    assertThat(items.count()).isEqualTo(3);
    assertThat(items.width()).isEqualTo(2);
    assertThat(items.ids()).isEqualTo(TinyRecommender.NAMED);
    assertThat(items.embeddings()).isDeepEqualTo(new float[][] {{1, 0}, {0, 1}, {2, -1}});
    assertThat(items.biases()).containsExactly(.5f, -.5f, 1);
    assertThat(items.embedding(2)).containsExactly(2, -1);
    assertThat(items.bias(1)).isEqualTo(-.5f);
    assertThat(items.catalogue()).hasValue(TinyRecommender.CATALOGUE);
    assertThat(items.modelSha256()).isEqualTo(Sha256.of(Files.readAllBytes(file)));
  }

  @Test
  void whatIsReadCannotBeChanged() throws IOException {
    Path file = TinyRecommender.items(TinyRecommender.NUMBERED).write(folder.resolve("i.onnx"));
    ItemFactors items = ItemFactors.read(file, Device.cpu(1));
    items.embeddings()[0][0] = 9;
    items.embedding(0)[0] = 9;
    items.biases()[0] = 9;
    assertThat(items.embedding(0)).containsExactly(1, 0);
    assertThat(items.bias(0)).isEqualTo(.5f);
    assertThat(items.catalogue()).isEmpty();
  }

  @Test
  void aTableOfMoreItemsThanOneBatchIsReadInOrder() throws IOException {
    int count = 9_001;
    List<String> ids =
        IntStream.range(0, count).mapToObj(i -> Integer.toString(3 * i)).toList();
    Signature signature = Signature.ofItems(IdVocabulary.inRowOrder(ids));
    Path file = new TinyOnnx()
        .input("item", TinyOnnx.INT64, -1)
        .node("Cast", new String[] {"item"}, "bias", TinyOnnx.integer("to", TinyOnnx.FLOAT))
        .weights("two", new long[] {1, 2}, 2, -1)
        .node(
            "Einsum",
            new String[] {"bias", "two"},
            "embedding",
            TinyOnnx.text("equation", "n,of->nf"))
        .output("embedding", TinyOnnx.FLOAT, -1, 2)
        .output("bias", TinyOnnx.FLOAT, -1)
        .metadata(DescriptionCodec.toMetadata(TinyRecommender.description(signature)))
        .write(folder.resolve("many.onnx"));
    ItemFactors items = ItemFactors.read(file, Device.cpu(1));
    for (int i = 0; i < count; i++) {
      assertThat(items.bias(i)).isEqualTo(3 * i);
      assertThat(items.embedding(i)).containsExactly(6 * i, -3 * i);
    }
  }

  @Test
  void otherFilesAreRefusedInASentence() throws IOException {
    Path ratings =
        TinyRecommender.ratings(TinyRecommender.NAMED).write(folder.resolve("ratings.onnx"));
    refused(
        ratings,
        "ratings.onnx takes [user, item] and gives [rating], not ids of [item] and [embedding,"
            + " bias]; give the item file of a collab model");
    refused(
        TinyRecommender.items(TinyRecommender.NAMED)
            .metadata(Map.of("lapidary.catalogue", "[{"))
            .write(folder.resolve("damaged.onnx")),
        "damaged.onnx, metadata lapidary.catalogue is damaged");
  }

  private static void refused(Path file, String reason) {
    assertThatThrownBy(() -> ItemFactors.read(file, Device.cpu(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(reason);
  }
}
