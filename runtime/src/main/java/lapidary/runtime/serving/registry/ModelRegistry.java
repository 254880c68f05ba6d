package lapidary.runtime.serving.registry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.ModelOptions;

/**
 * Models by name and version, from files that a program gives and from a folder that is watched: {@code NAME/VERSION/model.onnx},
 * with a number from 1 up as version, or {@code NAME.onnx}, which is version 1. Each version follows its file, as a
 * {@link lapidary.runtime.serving.ReloadingModel} does. No call fails because of a change. Thread-safe.
 *
 * <p><b>Ready</b> is a version when its file is checked, open and warm, and its batches are measured; only then it can be leased,
 * and only then it is the default of its name, which is the greatest version that is ready. A file that is refused, half copied for
 * instance, is tried again when it changes and, at first at the next look and then ever more rarely, when it does not; the model of
 * its version that was ready before stays. How many versions are kept is how many the folder holds: a file that is taken away is
 * unloaded.
 *
 * <p><b>Sessions are shared.</b> Versions of the same bytes, weights beside them and options have one native session, which is freed
 * when the last has left.
 *
 * <p><b>Loading</b>, unloading and looking at files are done by threads of the registry. Leases wait for none of them.
 */
public final class ModelRegistry implements AutoCloseable {
  private final RegistryThreads threads = new RegistryThreads();
  private final ReentrantLock closing = new ReentrantLock();
  private final Versions versions;
  private final Optional<FolderWatch> folder;
  private volatile boolean closed;

  private ModelRegistry(RegistryOptions options) {
    this.versions = new Versions(options, threads);
    this.folder = options.folder().map(path -> new FolderWatch(path, options, versions));
  }

  /**
   * Opens a registry. What its folder holds is being loaded on return; {@link #look} waits for it.
   *
   * @throws InvalidInputException if there is no such folder
   */
  public static ModelRegistry open(RegistryOptions options) {
    options.folder().ifPresent(ModelRegistry::requireFolder);
    ModelRegistry registry = new ModelRegistry(options);
    registry.folder.ifPresent(watched -> watched.look(true));
    registry.threads.watch(registry::watch, options.interval());
    return registry;
  }

  /**
   * Loads a file as a version and waits until it is ready. One that is ready there answers until then.
   *
   * @param version at least 1
   * @throws InvalidInputException if the file is refused; it is in the index then and tried again, unless an older one is ready
   * @throws lapidary.models.EnvironmentException if this machine cannot open it now; the same holds
   */
  public ModelStatus load(String name, long version, Path file, ModelOptions options) {
    requireOpen();
    ModelKey key = ModelKey.of(name, version);
    Await.result(versions.bring(key, new ModelVersion.Origin(file, options, false)));
    return find(key).status();
  }

  /**
   * Looks at the folder and at all files, and waits until what was found is ready or refused, which {@link #index} tells. Refused
   * files are tried again.
   */
  public void look() {
    requireOpen();
    folder.ifPresent(watched -> watched.look(true));
    await(key -> true);
  }

  /**
   * Looks at one name's files, as {@link #look} does, and takes those up again that were unloaded.
   *
   * @return its versions, the greatest first
   * @throws InvalidInputException if there is no such model
   */
  public List<ModelStatus> reload(String name) {
    requireOpen();
    folder.ifPresent(watched -> {
      watched.want(name);
      watched.look(true);
    });
    await(key -> key.name().equals(name));
    return known(name).stream().map(ModelVersion::status).toList();
  }

  /**
   * Serves no version of a name any more. Leases go on; each model ends with its last. A file of the folder is passed over until
   * {@link #reload} asks for it.
   *
   * @throws InvalidInputException if there is no such model
   */
  public void unload(String name) {
    requireOpen();
    known(name).forEach(this::unload);
  }

  /**
   * Serves a version no more, as {@link #unload(String)} does.
   *
   * @throws InvalidInputException if there is no such version
   */
  public void unload(String name, long version) {
    requireOpen();
    unload(find(new ModelKey(name, version)));
  }

  /**
   * Leases the greatest version of a name that is ready.
   *
   * @throws InvalidInputException if there is no such model
   * @throws NotReadyException if none of its versions is ready
   */
  public ModelLease lease(String name) {
    do {
      requireOpen();
      for (ModelVersion version : versions.of(name)) {
        Optional<ModelLease> lease = versions.lease(version);
        if (lease.isPresent()) {
          return lease.get();
        }
      }
      // One may have become ready, and the one before it have left, behind this loop.
    } while (ready(name));
    throw notReady(known(name).get(0).status());
  }

  /**
   * Leases a version.
   *
   * @throws InvalidInputException if there is no such version
   * @throws NotReadyException if it is not ready
   */
  public ModelLease lease(String name, long version) {
    requireOpen();
    ModelVersion found = find(new ModelKey(name, version));
    return versions.lease(found).orElseThrow(() -> notReady(found.status()));
  }

  /** Whatever version of a name is the default at each call, for a front door that stays. Closing it does nothing. */
  public NamedModel follow(String name) {
    return new NamedModel(this, name);
  }

  /** Whether a version of the name can be leased. */
  public boolean ready(String name) {
    return !closed && versions.of(name).stream().anyMatch(ModelVersion::isReady);
  }

  /** All versions by name and number, then those that still end. */
  public List<ModelStatus> index() {
    return versions.index();
  }

  /**
   * What a version has done.
   *
   * @throws InvalidInputException if there is no such version
   */
  public ModelStatistics statistics(String name, long version) {
    return find(new ModelKey(name, version)).statistics();
  }

  /**
   * Ends all models and threads: answers rows that wait for a batch, and waits for loads and runs in flight. Leases that are left can
   * run nothing more. Later calls do nothing.
   */
  @Override
  public void close() {
    closing.lock();
    try {
      closed = true;
      versions.close();
      threads.shutdown();
    } finally {
      closing.unlock();
    }
  }

  /** A watcher that dies of one exception, or of an error, would stop watching without a word. */
  private void watch() {
    try {
      folder.ifPresent(watched -> watched.look(false));
      versions.lookAtAll();
    } catch (RuntimeException | Error e) {
      folder.ifPresent(watched -> watched.failed(e));
    }
  }

  private void unload(ModelVersion version) {
    if (version.found()) {
      folder.ifPresent(watched -> watched.forget(version.key()));
    }
    versions.remove(version);
  }

  /** Waits for what is being opened, and looks at the files of all others. */
  private void await(Predicate<ModelKey> wanted) {
    versions.coming(wanted).toList().forEach(Await::end);
    List<CompletableFuture<Void>> looks = versions.all().stream()
        .filter(version -> wanted.test(version.key()))
        .map(version -> versions.look(version, true))
        .toList();
    looks.forEach(Await::end);
  }

  private List<ModelVersion> known(String name) {
    List<ModelVersion> known = List.copyOf(versions.of(name));
    if (known.isEmpty()) {
      requireOpen();
      List<String> names = versions.all().stream()
          .map(version -> version.key().name())
          .distinct()
          .toList();
      throw NearestName.unknown("model", name, names);
    }
    return known;
  }

  private ModelVersion find(ModelKey key) {
    return versions
        .get(key)
        .orElseThrow(() -> new InvalidInputException(key.name()
            + " has no version " + key.version() + "; it has "
            + known(key.name()).stream().map(version -> version.key().version()).toList()));
  }

  private NotReadyException notReady(ModelStatus status) {
    return new NotReadyException(
        status.name() + ", version " + status.version() + ", is not ready: "
            + status.problem().orElse("it is " + status.state().name().toLowerCase(Locale.ROOT)));
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("this registry is closed; open another one");
    }
  }

  private static void requireFolder(Path folder) {
    if (!Files.isDirectory(folder)) {
      throw new InvalidInputException(
          folder + " is not a folder; give the folder that holds the models");
    }
  }
}
