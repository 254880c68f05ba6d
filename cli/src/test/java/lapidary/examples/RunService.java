package lapidary.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lapidary.runtime.Embedder;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;
import lapidary.search.Collection;
import lapidary.search.ImageEmbedder;
import lapidary.search.SearchService;
import lapidary.search.grpc.GrpcOptions;
import lapidary.search.grpc.GrpcServer;
import lapidary.search.http.Feature;
import lapidary.search.http.SearchServer;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.log.CallObserver;
import lapidary.search.http.metrics.HttpMetrics;
import lapidary.search.inference.InferenceService;
import lapidary.search.metrics.Metrics;
import lapidary.search.predict.PredictionService;

/** The microservice inside of another program: a model and a collection over HTTP and gRPC, measured. */
public final class RunService {
  private RunService() {}

  /** Arguments: the model's file, and the folder of a collection that was made with it. Serves until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    ModelOptions options = ModelOptions.of(Device.auto());
    RegistryOptions batching = RegistryOptions.of(options).withBatching(BatchLimits.DEFAULT);
    Collection collection = Collection.open(Path.of(arguments[1]));
    try (ModelRegistry registry = ModelRegistry.open(batching)) {
      registry.load("model", 1, Path.of(arguments[0]), options);
      String output = collection.spec().model().output();
      ImageEmbedder embedder = ImageEmbedder.of(Embedder.of(registry.follow("model"), output));
      try (SearchService search = new SearchService(List.of(collection), List.of(embedder))) {
        serve(registry, search);
      }
    }
  }

  private static void serve(ModelRegistry registry, SearchService search) throws IOException {
    InferenceService models = new InferenceService(registry);
    try (Metrics metrics = new Metrics()) {
      metrics.watch(registry);
      metrics.watch(search);
      List<Feature> features = List.of(
          Feature.inference(models),
          Feature.predictions(new PredictionService(registry)),
          Feature.collections(search),
          Feature.metrics(metrics));
      List<CallObserver> observers = List.of(HttpMetrics.of(metrics));
      try (GrpcServer grpc = GrpcServer.start(models, GrpcOptions.loopback(0), metrics);
          SearchServer http = SearchServer.start(features, ServerOptions.loopback(0), observers)) {
        System.out.println("HTTP at " + http.port() + ", gRPC at " + grpc.port());
        // Until its end.
        System.in.transferTo(System.out);
      }
    }
  }
}
