package lapidary.search.embed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.ChildJava;

/** A process that embeds the photos of a folder, resuming in another, and says after each batch how far it is. */
final class EmbedUntilKilled {
  private EmbedUntilKilled() {}

  /** Embeds; finds what an earlier process has left. */
  public static void main(String[] arguments) {
    try (Embedded embedded =
        embedding(Path.of(arguments[1]), new Told()).photos(List.of(Path.of(arguments[0])))) {
      System.out.println("all " + embedded.items().size());
    }
  }

  static BulkEmbedding embedding(Path folder, EmbeddingListener listener) {
    return BulkEmbedding.of(new GreyModel(2), EmbeddingOptions.standard().withThumbnails(true))
        .telling(listener)
        .resumingIn(folder);
  }

  private static final class Told implements EmbeddingListener {
    @Override
    public void skipped(InvalidInputException reason) {}

    @Override
    public void done(int pictures, int all) {
      System.out.println(pictures);
      System.out.flush();
    }
  }

  /** Starts this program. */
  static Process start(Path photos, Path folder) throws IOException {
    return ChildJava.of(EmbedUntilKilled.class, photos, folder)
        .redirectErrorStream(true)
        .start();
  }
}
