package lapidary.search.inference;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.search.NotFoundException;

/**
 * Answers what the Open Inference Protocol asks of the models of a registry, whatever carries the questions. What is asked for by name
 * and is not there is a {@link NotFoundException}, a model that is there and cannot be run now a
 * {@link lapidary.runtime.serving.registry.NotReadyException}, a request that makes no sense an {@link InvalidInputException}, one too
 * many a {@link lapidary.runtime.serving.OverloadedException}; no sentence has a place in the file system. The registry is its
 * owner's to close. Thread-safe.
 */
public final class InferenceService {
  private final ModelRegistry registry;
  private final Models models;
  private final Unloaded unloaded = new Unloaded();
  private final ServerMetadata server = ServerMetadata.ofThis();
  private volatile boolean ready;

  /** Over a registry, which the caller closes after this. */
  public InferenceService(ModelRegistry registry) {
    this.registry = registry;
    this.models = new Models(registry);
  }

  /** What this server is. */
  public ServerMetadata server() {
    return server;
  }

  /**
   * Whether what was there at first has been loaded; a file that was refused keeps no server from being ready, nor does what comes
   * later take it back.
   */
  public boolean ready() {
    if (!ready) {
      ready = registry.index().stream()
          .noneMatch(status -> status.state() == ModelStatus.State.LOADING);
    }
    return ready;
  }

  /** Whether a model can be run now. */
  public boolean ready(ModelReference model) {
    Models.requireName(model.name());
    if (model.version().isEmpty() && registry.ready(model.name())) {
      return true;
    }
    List<ModelStatus> versions = models.versions(model).toList();
    if (versions.isEmpty()) {
      // What there is instead the registry says best.
      models.lease(model).close();
      return true;
    }
    return versions.stream().anyMatch(InferenceService::isReady);
  }

  /** What a model takes and gives. */
  public ModelMetadata metadata(ModelReference model) {
    try (ModelLease lease = models.lease(model)) {
      return new ModelMetadata(
          model.name(),
          model.version().isPresent()
              ? List.of(Long.toString(lease.version()))
              : versions(model, lease),
          ModelMetadata.PLATFORM,
          lease.inputs().stream().map(TensorMetadata::of).toList(),
          lease.outputs().stream().map(TensorMetadata::of).toList());
    }
  }

  /** How a model is served. */
  public ModelConfiguration configuration(ModelReference model) {
    return ModelConfiguration.of(metadata(model));
  }

  /** Runs a model. */
  public InferenceAnswer infer(InferenceRequest request) {
    request.parameters().requireNoSequence();
    try (ModelLease lease = models.lease(request.model())) {
      return AskedModel.of(lease, request).run();
    }
  }

  /**
   * Hands in a single row for a run with those of other callers, without waiting.
   *
   * @return the answer to come, or what {@link #infer} would throw; what depends on it is done by the thread that ran it, so keep it
   *     short. Cancelling it takes the row back. Empty if the request has to be run by itself, with {@link #infer}
   */
  public Optional<CompletableFuture<InferenceAnswer>> submit(InferenceRequest request) {
    request.parameters().requireNoSequence();
    ModelLease lease = models.lease(request.model());
    Optional<CompletableFuture<InferenceAnswer>> answer = Optional.empty();
    try {
      answer = AskedModel.of(lease, request).submit();
      answer.ifPresent(coming -> {
        var unused = coming.whenComplete((given, failed) -> lease.close());
      });
      return answer;
    } finally {
      if (answer.isEmpty()) {
        lease.close();
      }
    }
  }

  /** All versions of all models, by name and version: those served, those that end, and those unloaded whose files are there. */
  public List<IndexEntry> index() {
    List<ModelStatus> served = registry.index();
    Set<String> keys = served.stream().map(InferenceService::key).collect(Collectors.toSet());
    Stream<IndexEntry> gone =
        unloaded.all().filter(status -> !keys.contains(key(status))).map(IndexEntry::unloaded);
    return Stream.concat(served.stream().map(IndexEntry::of), gone)
        .sorted(Comparator.comparing(IndexEntry::name)
            .thenComparing(entry -> Long.parseLong(entry.version())))
        .toList();
  }

  /**
   * Looks at a model's files and waits until they are ready, also of one that was unloaded.
   *
   * @throws InvalidInputException if one is refused; what was ready before goes on
   */
  public void load(String name) {
    Models.requireName(name);
    List<ModelStatus> versions = known(() -> registry.reload(name));
    unloaded.remove(name);
    for (ModelStatus version : versions) {
      String reason = IndexEntry.reason(version);
      if (!reason.isEmpty()) {
        throw new InvalidInputException("model " + Quoted.of(name) + ", version "
            + version.version() + ", cannot be loaded: " + reason);
      }
    }
  }

  /** Serves no version of a model any more; requests that have one are answered. */
  public void unload(String name) {
    Models.requireName(name);
    List<ModelStatus> before = models.versions(ModelReference.of(name)).toList();
    known(() -> {
      registry.unload(name);
      return name;
    });
    unloaded.add(name, before);
  }

  /** What all versions of all models have done. */
  public List<VersionStatistics> statistics() {
    return statistics(registry.index().stream());
  }

  /** What a version of a model has done, or all of its versions. */
  public List<VersionStatistics> statistics(ModelReference model) {
    List<VersionStatistics> found = statistics(models.versions(model));
    if (found.isEmpty()) {
      models.lease(model).close();
    }
    return found;
  }

  private List<VersionStatistics> statistics(Stream<ModelStatus> versions) {
    return versions
        .filter(status -> status.state() != ModelStatus.State.UNLOADING)
        .flatMap(status -> statistics(status).stream())
        .toList();
  }

  private Optional<VersionStatistics> statistics(ModelStatus status) {
    try {
      return Optional.of(VersionStatistics.of(
          status.name(), status.version(), registry.statistics(status.name(), status.version())));
    } catch (InvalidInputException e) {
      // Unloaded since the index was read.
      return Optional.empty();
    }
  }

  private List<String> versions(ModelReference model, ModelLease lease) {
    List<String> ready = models
        .versions(model)
        .filter(InferenceService::isReady)
        .map(status -> Long.toString(status.version()))
        .toList();
    return ready.isEmpty() ? List.of(Long.toString(lease.version())) : ready;
  }

  /** What the registry does, which refuses a name that it does not know. */
  private static <T> T known(Supplier<T> work) {
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw Models.notFound(e);
    }
  }

  private static boolean isReady(ModelStatus status) {
    return status.state() == ModelStatus.State.READY;
  }

  private static String key(ModelStatus status) {
    return status.name() + '/' + status.version();
  }
}
