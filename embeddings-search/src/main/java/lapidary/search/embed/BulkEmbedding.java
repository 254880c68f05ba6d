package lapidary.search.embed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * Many pictures to vectors in a file, through an {@link EmbeddingPipeline}; if wanted in a folder from which a run that was killed goes
 * on. Immutable, thread-safe.
 *
 * <pre>{@code
 * try (Embedder embedder = Embedder.open(file, Device.cpu(1));
 *     Embedded photos = BulkEmbedding.of(VectorModel.of(embedder), EmbeddingOptions.standard())
 *         .resumingIn(Path.of("album.embedding"))
 *         .photos(List.of(Path.of("photos")))) {
 *   photos.addTo(collection);
 *   collection.commit();
 *   photos.finished();
 * }
 * }</pre>
 */
public final class BulkEmbedding {
  private final VectorModel model;
  private final EmbeddingOptions options;
  private final EmbeddingListener listener;
  private final @Nullable Path folder;

  private BulkEmbedding(
      VectorModel model,
      EmbeddingOptions options,
      EmbeddingListener listener,
      @Nullable Path folder) {
    this.model = model;
    this.options = options;
    this.listener = listener;
    this.folder = folder;
  }

  /** Embeds through a model, which stays its owner's to close. */
  public static BulkEmbedding of(VectorModel model, EmbeddingOptions options) {
    return new BulkEmbedding(model, options, reason -> {}, null);
  }

  /** The same, telling somebody how it goes on. */
  public BulkEmbedding telling(EmbeddingListener told) {
    return new BulkEmbedding(model, options, told, folder);
  }

  /**
   * The same, going on where an earlier run with the same model, pictures and options was cut short. Each batch is forced to the disk in
   * {@code place}, a folder for nothing else, which is made if it is missing. It stays until {@link Embedded#finished} is said; one
   * process at a time may use it. What comes of a run that went on is the same to the bit as without the interruption.
   */
  public BulkEmbedding resumingIn(Path place) {
    return new BulkEmbedding(model, options, listener, place);
  }

  /**
   * Embeds photos, named by their path within the folder or archive that is given (a single file by its name) and labelled by the folder
   * they lie in.
   *
   * @param inputs image files, folders and zip archives of them
   * @return what they came to, the caller's to close
   * @throws InvalidInputException if an input is not there, two files would have one name, none can be decoded, or, being strict, one
   *     cannot
   */
  public Embedded photos(List<Path> inputs) {
    return photos(inputs, Photos.Naming.WITHIN);
  }

  /** The same, named by their path as it was given; within an archive that is the archive's, a slash and the entry's name. */
  public Embedded files(List<Path> inputs) {
    return photos(inputs, Photos.Naming.PATH);
  }

  private Embedded photos(List<Path> inputs, Photos.Naming naming) {
    try (Photos photos = Photos.of(inputs, naming)) {
      return pictures(photos);
    }
  }

  /**
   * Embeds pictures.
   *
   * @return what they came to, the caller's to close
   * @throws InvalidInputException if none can be decoded or, being strict, one cannot; or another process uses the folder
   * @throws lapidary.models.EnvironmentException if the disk is full
   */
  public Embedded pictures(PictureSet set) {
    Embedded embedded = opened(set);
    try {
      fill(embedded, set);
      return embedded;
    } catch (RuntimeException | Error e) {
      embedded.close();
      throw e;
    }
  }

  private Embedded opened(PictureSet set) {
    Path place = folder;
    if (place == null) {
      return Embedded.in(null, model.width(), pictures -> {});
    }
    return Embedded.in(
        KeptFolder.take(place, identity(set), listener),
        model.width(),
        pictures -> listener.kept(place, pictures, set.count()));
  }

  private void fill(Embedded embedded, PictureSet set) {
    int known = embedded.pictures();
    if (known > 0) {
      listener.goesOn(known, set.count());
      embedded.refused().forEach(reason -> listener.skipped(new InvalidInputException(reason)));
    }
    EmbeddingPipeline.of(model, options)
        .keepingPixels(embedded::needsSamples)
        .run(set.from(known), batch -> {
          embedded.take(batch);
          batch.refused().forEach(listener::skipped);
          listener.done(embedded.pictures(), set.count());
        });
    if (embedded.items().isEmpty()) {
      throw new InvalidInputException("none of " + embedded.skipped()
          + " files can be decoded as an image; the reasons are above, give others");
    }
    embedded.complete(set);
  }

  private Map<String, String> identity(PictureSet set) {
    Map<String, String> identity = new TreeMap<>(model.identity());
    if (identity.isEmpty()) {
      throw new InvalidInputException("this model does not say which it is (VectorModel.identity),"
          + " so that nothing can go on with its vectors; embed without resumingIn");
    }
    identity.put("width", "" + model.width());
    identity.put("batch", "" + model.batch());
    identity.put("input", "" + model.input());
    identity.put("strict", "" + options.strict());
    identity.put("thumbnails", "" + options.thumbnails());
    identity.putAll(set.identity());
    return identity;
  }
}
