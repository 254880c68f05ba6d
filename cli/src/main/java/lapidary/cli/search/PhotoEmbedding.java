package lapidary.cli.search;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lapidary.cli.console.Console;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.Embedder;
import lapidary.search.Item;
import lapidary.search.Thumbnail;
import org.jspecify.annotations.Nullable;

/**
 * Decodes photos on all processors and embeds them a batch at a time: no more than one batch is in memory. Photos are named by their
 * path and labelled by their folder. Used once.
 */
final class PhotoEmbedding {
  private final Embedded embedded;
  private final int batch;
  private final boolean strict;
  private final Console console;
  private final MessageDigest digest = Sha256.digest();

  PhotoEmbedding(Embedded embedded, int batch, boolean strict, Console console) {
    this.embedded = embedded;
    this.batch = batch;
    this.strict = strict;
    this.console = console;
  }

  /**
   * Takes photos in.
   *
   * @throws InvalidInputException if an input is not there, none can be decoded, or, being strict, one cannot
   */
  void add(List<Path> inputs, Embedder embedder, boolean pictures) {
    try (Photos photos = Photos.of(inputs)) {
      List<Photos.Photo> all = photos.all();
      for (int from = 0; from < all.size(); from += batch) {
        // Encounter order, so that the same folder gives the same rows.
        take(all.subList(from, Math.min(all.size(), from + batch)).parallelStream()
            .map(photo -> decode(photo, embedder, pictures))
            .toList());
      }
    }
    if (embedded.items().isEmpty()) {
      throw new InvalidInputException("none of " + embedded.skipped()
          + " files can be decoded as an image; the reasons are above, give others");
    }
    Path name = inputs.get(0).toAbsolutePath().normalize().getFileName();
    embedded.from(new DataSource(
        name == null ? "photos" : name.toString(),
        HexFormat.of().formatHex(digest.digest()),
        "unknown"));
  }

  /** A photo that was decoded, or why it was not. */
  private record Decoded(
      Embedded.@Nullable Image image,
      @Nullable String sha256,
      @Nullable InvalidInputException refusal) {}

  private static Decoded decode(Photos.Photo photo, Embedder embedder, boolean pictures) {
    try {
      byte[] bytes = photo.read();
      Embedded.Image image = new Embedded.Image(
          Item.of(photo.id(), photo.label()),
          embedder.input().decode(bytes, photo.id()),
          pictures ? Thumbnail.of(bytes, photo.id()) : Thumbnail.none());
      return new Decoded(image, Sha256.of(bytes), null);
    } catch (InvalidInputException e) {
      return new Decoded(null, null, e);
    }
  }

  private void take(List<Decoded> photos) {
    List<Embedded.Image> images = new ArrayList<>();
    for (Decoded photo : photos) {
      if (photo.image() != null && photo.sha256() != null) {
        images.add(photo.image());
        digest.update(photo.sha256().getBytes(StandardCharsets.US_ASCII));
      } else if (photo.refusal() != null) {
        skip(photo.refusal());
      }
    }
    if (!images.isEmpty()) {
      embedded.add(images);
    }
  }

  private void skip(InvalidInputException refusal) {
    if (strict) {
      throw refusal;
    }
    console.err().println("lapidary: skipped: " + refusal.getMessage());
    console.err().flush();
    embedded.skip();
  }
}
