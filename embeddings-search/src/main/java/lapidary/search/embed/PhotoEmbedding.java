package lapidary.search.embed;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import lapidary.models.DataSource;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.jspecify.annotations.Nullable;

/**
 * Decodes photos on all processors and embeds them a batch at a time: no more than one batch is in memory. Photos are named by their
 * path and labelled by their folder. Used once.
 */
public final class PhotoEmbedding {
  private final VectorModel model;
  private final Options options;
  private final EmbeddingListener listener;
  private final Embedded embedded;
  private final MessageDigest digest = Sha256.digest();

  private PhotoEmbedding(VectorModel model, Options options, EmbeddingListener listener) {
    this.model = model;
    this.options = options;
    this.listener = listener;
    this.embedded = Embedded.by(model);
  }

  /**
   * What is wanted.
   *
   * @param strict whether a file that cannot be decoded ends it; otherwise it is skipped
   * @param pictures whether small pictures are kept
   */
  public record Options(boolean strict, boolean pictures) {}

  /**
   * Embeds photos.
   *
   * @param inputs image files, folders and zip archives of them
   * @return what they came to, the caller's to close
   * @throws InvalidInputException if an input is not there, none can be decoded, or, being strict, one cannot
   */
  public static Embedded embed(
      List<Path> inputs, VectorModel model, Options options, EmbeddingListener listener) {
    PhotoEmbedding embedding = new PhotoEmbedding(model, options, listener);
    try {
      embedding.add(inputs);
      return embedding.embedded;
    } catch (RuntimeException | Error e) {
      embedding.embedded.close();
      throw e;
    }
  }

  private void add(List<Path> inputs) {
    try (Photos photos = Photos.of(inputs)) {
      List<Photos.Photo> all = photos.all();
      int to;
      for (int from = 0; from < all.size(); from = to) {
        to = Math.min(all.size(), from + model.batch());
        // Encounter order, so that the same folder gives the same rows.
        take(all.subList(from, to).parallelStream().map(this::decode).toList());
        listener.done(to, all.size());
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

  private Decoded decode(Photos.Photo photo) {
    try {
      byte[] bytes = photo.read();
      Embedded.Image image = new Embedded.Image(
          Item.of(photo.id(), photo.label()),
          model.input().decode(bytes, photo.id()),
          options.pictures() ? Thumbnail.of(bytes, photo.id()) : Thumbnail.none());
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
    if (options.strict()) {
      throw refusal;
    }
    embedded.skip();
    listener.skipped(refusal);
  }
}
