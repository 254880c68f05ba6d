package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import lapidary.cli.option.ModelFiles;
import lapidary.cli.search.CollectionModel;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.ImageEmbedder;
import lapidary.search.SearchService;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.log.AccessLog;
import lapidary.search.http.log.CallObserver;
import lapidary.search.http.metrics.HttpMetrics;
import lapidary.search.http.metrics.MetricsServer;
import lapidary.search.metrics.Metrics;
import lapidary.search.movies.MovieService;

/** A running service and everything it opened; closing frees it in reverse order, once. */
public final class Serving implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> names = new ArrayList<>();
  private final Observation observation;
  private int port;
  private OptionalInt metricsPort = OptionalInt.empty();
  private int movies;

  Serving() {
    this(Observation.USUAL);
  }

  Serving(Observation observation) {
    this.observation = observation;
  }

  /**
   * What is served.
   *
   * @param collections folders
   * @param models files that may be the collections' models, where those are not where they were
   * @param items the item file of a recommender
   * @param ratings the rating file of the same recommender
   */
  public record Files(
      List<Path> collections, List<Path> models, Optional<Path> items, Optional<Path> ratings) {
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
    Metrics metrics = own(new Metrics());
    List<CallObserver> observers = new ArrayList<>(List.of(HttpMetrics.of(metrics)));
    observation.accessLog().ifPresent(lines -> observers.add(new AccessLog(lines.open(this))));
    Feature films = files
        .items()
        .map(items -> Feature.movies(movies(items, files.ratings(), device)))
        .orElseGet(Feature::noMovies);
    SearchService service = collections(files, device);
    metrics.watch(service);
    List<Feature> features = new ArrayList<>(List.of(Feature.collections(service), films));
    metrics(metrics, options.host()).ifPresent(features::add);
    port = own(SearchServer.start(features, options, observers)).port();
  }

  /** What answers metrics beside the rest; nothing if they are answered at a port of their own. */
  private Optional<Feature> metrics(Metrics metrics, String host) {
    if (observation.metricsPort().isEmpty()) {
      return Optional.of(Feature.metrics(metrics));
    }
    int asked = observation.metricsPort().getAsInt();
    metricsPort = OptionalInt.of(own(MetricsServer.start(metrics, host, asked)).port());
    return Optional.empty();
  }

  private MovieService movies(Path items, Optional<Path> ratings, Device device) {
    MovieService films = new MovieService(
        ModelFiles.movies(items, device),
        ratings.map(file -> own(ModelFiles.ratings(file, device))));
    movies = films.count();
    return films;
  }

  private SearchService collections(Files files, Device device) {
    List<Collection> collections =
        files.collections().stream().map(folder -> own(Collection.open(folder))).toList();
    List<ImageEmbedder> embedders = new ArrayList<>();
    for (Collection collection : collections) {
      CollectionInfo info = collection.info();
      names.add(info.name());
      try {
        embedders.add(ImageEmbedder.of(own(CollectionModel.find(info, files.models(), device))));
      } catch (InvalidInputException e) {
        warnings.add(info.name() + " answers no images: " + e.getMessage());
      }
    }
    return own(new SearchService(collections, embedders));
  }

  <T extends AutoCloseable> T own(T resource) {
    opened.push(resource);
    return resource;
  }

  /** The port that is listened at. */
  public int port() {
    return port;
  }

  /** The port at which metrics are answered. */
  int metricsPort() {
    return metricsPort.orElse(port);
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
