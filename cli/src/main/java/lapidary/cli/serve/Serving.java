package lapidary.cli.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import lapidary.cli.option.ModelFiles;
import lapidary.models.InvalidInputException;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.device.Device;
import lapidary.search.Collection;
import lapidary.search.CollectionInfo;
import lapidary.search.CollectionsFolder;
import lapidary.search.ImageEmbedder;
import lapidary.search.SearchService;
import lapidary.search.grpc.GrpcLimits;
import lapidary.search.grpc.GrpcOptions;
import lapidary.search.grpc.GrpcServer;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.log.AccessLog;
import lapidary.search.http.log.CallObserver;
import lapidary.search.http.metrics.HttpMetrics;
import lapidary.search.http.metrics.MetricsServer;
import lapidary.search.inference.InferenceService;
import lapidary.search.metrics.Metrics;
import lapidary.search.movies.MovieService;
import lapidary.search.predict.PredictionService;

/** A running service and everything it opened; closing frees it in reverse order, once. */
public final class Serving implements AutoCloseable {
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final List<String> warnings = new ArrayList<>();
  private final Metrics metrics = new Metrics();
  private List<String> collections = List.of();
  private List<String> models = List.of();
  private OptionalInt port = OptionalInt.empty();
  private OptionalInt metricsPort = OptionalInt.empty();
  private OptionalInt grpcPort = OptionalInt.empty();
  private int movies;

  Serving() {
    own(metrics);
  }

  /** Serves content over HTTP, on the CPU. */
  public static Serving start(Content content, ServerOptions http) {
    return start(ServingPlan.of(content, http));
  }

  /** Opens everything and starts the servers. */
  static Serving start(ServingPlan plan) {
    return new Serving().opened(plan);
  }

  Serving opened(ServingPlan plan) {
    try {
      open(plan);
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

  private void open(ServingPlan plan) {
    Content content = plan.content();
    ServedModels served = own(ServedModels.open(content.repository(), plan.models()));
    content.models().forEach(served::load);
    Feature films = films(content, served, plan.models().device());
    SearchService search = collections(content, served);
    metrics.watch(search);
    metrics.watch(served.registry());
    models = served.names();
    warnings.addAll(served.refused());
    InferenceService inference = new InferenceService(served.registry());
    List<Feature> features = new ArrayList<>(List.of(
        Feature.collections(search),
        Feature.inference(inference),
        Feature.predictions(new PredictionService(served.registry())),
        films));
    metrics(plan).ifPresent(features::add);
    plan.grpcPort()
        .ifPresent(asked -> grpcPort = OptionalInt.of(grpc(inference, plan.http(), asked)));
    port = OptionalInt.of(
        own(SearchServer.start(features, plan.http(), observers(plan))).port());
  }

  private List<CallObserver> observers(ServingPlan plan) {
    List<CallObserver> observers = new ArrayList<>(List.of(HttpMetrics.of(metrics)));
    plan.observation()
        .accessLog()
        .ifPresent(lines -> observers.add(new AccessLog(lines.open(this))));
    return observers;
  }

  /** What answers metrics beside the rest; nothing if they are answered at a port of their own. */
  private Optional<Feature> metrics(ServingPlan plan) {
    if (plan.observation().metricsPort().isEmpty()) {
      return Optional.of(Feature.metrics(metrics));
    }
    int asked = plan.observation().metricsPort().getAsInt();
    metricsPort = OptionalInt.of(
        own(MetricsServer.start(metrics, plan.http().host(), asked)).port());
    return Optional.empty();
  }

  private int grpc(InferenceService inference, ServerOptions http, int asked) {
    GrpcOptions options = new GrpcOptions(http.host(), asked, http.access(), GrpcLimits.usual());
    return own(GrpcServer.start(inference, options, metrics)).port();
  }

  private Feature films(Content content, ServedModels served, Device device) {
    if (content.films().isEmpty()) {
      return Feature.noMovies();
    }
    Content.Films asked = content.films().get();
    MovieService films = new MovieService(
        ModelFiles.movies(asked.items(), device),
        asked.ratings().map(file -> RatingPredictor.of(served.source(file))),
        asked.rated());
    movies = films.count();
    return Feature.movies(films);
  }

  private SearchService collections(Content content, ServedModels served) {
    Optional<CollectionsFolder> home = content.home().map(CollectionsFolder::of);
    List<Collection> all = Stream.concat(
            content.collections().stream(),
            home.stream().flatMap(folder -> folder.collections().stream()))
        .map(folder -> own(Collection.open(folder)))
        .toList();
    List<ImageEmbedder> embedders = new ArrayList<>();
    for (Collection collection : all) {
      CollectionInfo info = collection.info();
      if (info.model().isKnown()) {
        embedder(info, served).ifPresent(embedders::add);
      }
    }
    collections = all.stream().map(collection -> collection.info().name()).toList();
    return own(new SearchService(all, embedders, home));
  }

  private Optional<ImageEmbedder> embedder(CollectionInfo info, ServedModels served) {
    try {
      return Optional.of(served.embedder(info.model()));
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
    return port.orElseThrow();
  }

  /** The port at which metrics are answered. */
  int metricsPort() {
    return metricsPort.orElse(port());
  }

  /** The port at which gRPC is answered; empty if it is not. */
  OptionalInt grpcPort() {
    return grpcPort;
  }

  /** How many movies are served. */
  int movies() {
    return movies;
  }

  /** Names of the collections. */
  List<String> collections() {
    return collections;
  }

  /** Names of the models that are ready. */
  List<String> models() {
    return models;
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
