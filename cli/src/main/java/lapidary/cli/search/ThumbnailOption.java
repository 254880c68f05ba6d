package lapidary.cli.search;

import java.util.Optional;
import lapidary.search.store.ThumbnailSize;
import picocli.CommandLine.Option;

/** How large the small pictures of a collection are. */
final class ThumbnailOption {
  @Option(
      names = "--thumbnails",
      defaultValue = "256",
      paramLabel = "PIXELS",
      description = {
        "The longest side of the pictures that are kept to be shown, 16 to 1024, or 0 to keep none; a smaller",
        "picture is not enlarged. At the default, ${DEFAULT-VALUE}, a photo takes about 15 kB."
      })
  private int side;

  /** Empty if none are to be kept. */
  Optional<ThumbnailSize> size() {
    return side == 0 ? Optional.empty() : Optional.of(new ThumbnailSize(side));
  }
}
