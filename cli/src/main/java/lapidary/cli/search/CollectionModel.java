package lapidary.cli.search;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lapidary.cli.option.ModelFiles;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.Embedder;
import lapidary.runtime.device.Device;
import lapidary.search.CollectionInfo;

/** The model a collection was made with: vectors of any other mean something else. */
public final class CollectionModel {
  private CollectionModel() {}

  /**
   * Opens the model with the collection's digest.
   *
   * @param moved files it may be now; after them it is looked for where it was
   * @throws InvalidInputException if none of the files is that model
   */
  public static Embedder find(CollectionInfo info, List<Path> moved, Device device) {
    if (!info.model().isKnown()) {
      throw new InvalidInputException("collection " + info.name()
          + " holds vectors that came from elsewhere, so that no model takes images for it; give"
          + " vectors, or ids of its items");
    }
    List<Path> candidates = new ArrayList<>(moved);
    info.model().file().map(Path::of).ifPresent(candidates::add);
    for (Path candidate : candidates) {
      if (digest(candidate).equals(info.model().sha256())) {
        return ModelFiles.embedder(candidate, device, info.model().output());
      }
    }
    throw new InvalidInputException("none of " + candidates + " is the model that collection "
        + info.name() + " was made with (sha256 " + info.model().sha256()
        + "); name that file with --model, or index again");
  }

  private static String digest(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
