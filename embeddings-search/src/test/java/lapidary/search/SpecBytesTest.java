package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaBytes;
import lapidary.search.pca.PcaOptions;
import lapidary.search.pca.RowSource;
import lapidary.search.store.Item;
import lapidary.search.store.lucene.LuceneStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Headers of collections as they were written before folders of pictures were kept: they still open, as what they were. */
final class SpecBytesTest {
  private static final String SHA256 = "ab".repeat(32);
  private static final int WIDTH = 3;

  @TempDir
  private Path folder;

  /** Field by field as the first version wrote it. */
  private static byte[] older(Optional<Pca> pca) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeUTF("album");
    out.writeUTF(SHA256);
    out.writeBoolean(true);
    out.writeUTF("/models/nn.onnx");
    out.writeUTF("features");
    out.writeInt(WIDTH);
    out.writeBoolean(pca.isPresent());
    if (pca.isPresent()) {
      out.write(PcaBytes.of(pca.get()));
    }
    return bytes.toByteArray();
  }

  private static Pca pca() {
    float[][] rows = {{1, 2, 0}, {3, 1, 1}, {0, 5, 2}, {4, 4, 7}};
    return Pca.fit(RowSource.of(rows), PcaOptions.keeping(2));
  }

  @Test
  void anOlderHeaderIsReadAndWrittenAsItWas() throws IOException {
    byte[] header = older(Optional.empty());
    CollectionSpec spec = SpecBytes.read(header);
    assertThat(spec)
        .isEqualTo(new CollectionSpec(
            "album",
            new IndexedModel(SHA256, Optional.of("/models/nn.onnx"), "features", WIDTH),
            Optional.empty()));
    assertThat(spec.pictures()).isEmpty();
    assertThat(SpecBytes.of(spec)).isEqualTo(header);
  }

  @Test
  void anOlderHeaderKeepsItsReduction() throws IOException {
    byte[] header = older(Optional.of(pca()));
    CollectionSpec spec = SpecBytes.read(header);
    assertThat(spec.dimensions()).isEqualTo(2);
    assertThat(spec.pictures()).isEmpty();
    assertThat(SpecBytes.of(spec)).isEqualTo(header);
  }

  @Test
  void anOlderCollectionOpensAndIsSearchedAndAddedTo() throws IOException {
    LuceneStore.create(folder.resolve("album"), WIDTH, older(Optional.empty())).close();
    try (Collection album = Collection.open(folder.resolve("album"))) {
      album.add(List.of(Item.of("left"), Item.of("right")), new float[][] {{1, 0, 0}, {0, 1, 0}});
      album.commit();
    }
    try (Collection album = Collection.open(folder.resolve("album"))) {
      assertThat(album.spec().name()).isEqualTo("album");
      assertThat(album.search(new float[] {.9f, .1f, 0}, SearchOptions.nearest(1)))
          .extracting(Hit::id)
          .containsExactly("left");
    }
  }

  @Test
  void aFolderOfPicturesIsKept() {
    CollectionSpec spec = SpecBytes.read(older()).picturedBy(folder).reducedBy(pca());
    CollectionSpec read = SpecBytes.read(SpecBytes.of(spec));
    assertThat(read.pictures()).hasValue(folder.toAbsolutePath().normalize().toString());
    assertThat(read.dimensions()).isEqualTo(2);
  }

  private static byte[] older() {
    return SpecBytes.of(new CollectionSpec(
        "album", new IndexedModel(SHA256, Optional.empty(), "features", WIDTH), Optional.empty()));
  }
}
