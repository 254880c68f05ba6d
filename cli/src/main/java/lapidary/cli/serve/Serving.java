package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.search.CollectionModel;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.CollectionsFolder;
import lapidary.search.ImageEmbedder;
import lapidary.search.SearchService;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import lapidary.search.movies.MovieService;

/** A running service and everything it opened; closing frees it in reverse order, once. */
public final class Serving implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private int port;
  private int movies;

  Serving() {}

  /**
   * What is served.
   *
   * @param collections folders
   * @param home a folder of such folders, in which others are made and dropped
   * @param models files that may be the collections' models, where those are not where they were
   * @param items the item file of a recommender
   * @param ratings the rating file of the same recommender
   */
  public record Files(
      List<Path> collections,
      Optional<Path> home,
      List<Path> models,
      Optional<Path> items,
      Optional<Path> ratings) {
    public Files {
      collections = List.copyOf(collections);
      models = List.copyOf(models);
    }
  }

  /** Opens everything and starts the server. */
  public static Serving start(Files files, Device device, ServerOptions options) {
    return new Serving().opened(files, device, options);
  }

  Serving opened(Files files, Device device, ServerOptions options) {
    try {
      open(files, device, options);
      return this;
    } catch (RuntimeException | Error e) {
      try {
        close();
      } catch (RuntimeException second) {
        e.addSuppressed(second);
      }
      throw e;
    }
  }

  private void open(Files files, Device device, ServerOptions options) {
    Feature films = files
        .items()
        .map(items -> Feature.movies(movies(items, files.ratings(), device)))
        .orElseGet(Feature::noMovies);
    Feature collections = Feature.collections(collections(files, device));
    port = own(SearchServer.start(List.of(collections, films), options)).port();
  }

  private MovieService movies(Path items, Optional<Path> ratings, Device device) {
    MovieService films = new MovieService(
        ModelFiles.movies(items, device),
        ratings.map(file -> own(ModelFiles.ratings(file, device))));
    movies = films.count();
    return films;
  }

  private SearchService collections(Files files, Device device) {
    Optional<CollectionsFolder> home = files.home().map(CollectionsFolder::of);
    List<Collection> collections = Stream.concat(
            files.collections().stream(),
            home.stream().flatMap(folder -> folder.collections().stream()))
        .map(folder -> own(Collection.open(folder)))
        .toList();
    List<ImageEmbedder> embedders = new ArrayList<>();
    for (Collection collection : collections) {
      CollectionInfo info = collection.info();
      names.add(info.name());
      if (info.model().isKnown()) {
        embedder(info, files.models(), device).ifPresent(embedders::add);
      }
    }
    return own(new SearchService(collections, embedders, home));
  }

  private Optional<ImageEmbedder> embedder(CollectionInfo info, List<Path> models, Device device) {
    try {
      return Optional.of(ImageEmbedder.of(own(CollectionModel.find(info, models, device))));
    } catch (InvalidInputException e) {
      warnings.add(info.name() + " answers no images: " + e.getMessage());
      return Optional.empty();
    }
  }

  <T extends AutoCloseable> T own(T resource) {
    opened.push(resource);
    return resource;
  }

  /** The port that is listened at. */
  public int port() {
    return port;
  }

  /** How many movies are served. */
  int movies() {
    return movies;
  }

  List<String> names() {
    return List.copyOf(names);
  }

  /** What is served with less than it could be, and why. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * Closes everything, also what comes after something that cannot be closed.
   *
   * @throws IllegalStateException caused by the first failure, with the others suppressed
   */
  @Override
  public synchronized void close() {
    IllegalStateException failed = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception | Error e) {
        if (failed == null) {
          failed = new IllegalStateException("the service did not close cleanly: " + e, e);
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }
}
