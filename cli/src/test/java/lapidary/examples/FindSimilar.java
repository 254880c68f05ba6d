package lapidary.examples;

import java.nio.file.Path;
import java.util.List;
import lapidary.runtime.Embedder;
import lapidary.runtime.device.Device;
import lapidary.search.Collection;
import lapidary.search.CollectionSpec;
import lapidary.search.Hit;
import lapidary.search.embed.BulkEmbedding;
import lapidary.search.embed.Embedded;
import lapidary.search.embed.EmbeddingOptions;
import lapidary.search.embed.VectorModel;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;

/** Makes a collection of a folder of photos and finds those that are like a picture. */
public final class FindSimilar {
  private FindSimilar() {}

  /** Arguments: an ONNX file with features, a folder of photos, the folder to make, and a picture. */
  public static void main(String[] arguments) {
    Path model = Path.of(arguments[0]);
    Path photos = Path.of(arguments[1]);
    Path place = Path.of(arguments[2]);
    Path picture = Path.of(arguments[3]);
    try (Embedder embedder = Embedder.open(model, Device.cpu(1));
        Embedded vectors = BulkEmbedding.of(VectorModel.of(embedder), EmbeddingOptions.standard())
            .photos(List.of(photos))) {
      Pca pca = Pca.fit(vectors.rows(), PcaOptions.keeping(16));
      CollectionSpec spec = CollectionSpec.of("album", embedder).reducedBy(pca);
      try (Collection album = Collection.create(place, spec)) {
        vectors.addTo(album);
        album.commit();
        for (Hit hit : album.search(embedder.embed(picture), 5)) {
          System.out.println(hit.score() + " " + hit.id());
        }
      }
    }
  }
}
