package lapidary.cli.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.option.ModelFiles;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.runtime.Embedder;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.ModelSource;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.runtime.serving.registry.RegistryOptions;
import lapidary.search.ImageEmbedder;
import lapidary.search.IndexedModel;

/**
 * The models of a service: files by name, those of a folder that is watched, and those that collections were made with. Each file has
 * one session, whoever asks for it. Not thread-safe.
 */
final class ServedModels implements AutoCloseable {
  private final ModelRegistry registry;
  private final ModelOptions options;
  private final Map<String, Path> files = new LinkedHashMap<>();

  private ServedModels(ModelRegistry registry, ModelOptions options) {
    this.registry = registry;
    this.options = options;
  }

  /**
   * Opens those of a folder, if there is one, and waits for them.
   *
   * @param folder {@code NAME/VERSION/model.onnx} and {@code NAME.onnx}
   */
  static ServedModels open(Optional<Path> folder, ModelOptions options) {
    RegistryOptions usual =
        RegistryOptions.of(options).withBatching(BatchLimits.DEFAULT).withOpener(ModelFiles::open);
    ModelRegistry registry = ModelRegistry.open(folder.map(usual::withFolder).orElse(usual));
    try {
      registry.look();
      return new ServedModels(registry, options);
    } catch (RuntimeException | Error e) {
      registry.close();
      throw e;
    }
  }

  /**
   * Loads a file and waits until it is ready.
   *
   * @throws InvalidInputException if it is refused, or another model has the name
   */
  void load(NamedFile model) {
    if (files.containsKey(model.name()) || registry.ready(model.name())) {
      throw new InvalidInputException("two models are called " + model.name()
          + "; give one of them another name: --model NAME=" + model.file());
    }
    registry.load(model.name(), 1, model.file(), options);
    files.put(model.name(), model.file());
  }

  /**
   * What makes vectors of pictures for a collection, by the model it was made with; its file is loaded if it is not served yet.
   *
   * @throws InvalidInputException if that model is neither served nor where it was
   */
  ImageEmbedder embedder(IndexedModel wanted) {
    String name = served(wanted.sha256()).orElseGet(() -> loaded(wanted));
    return ImageEmbedder.of(Embedder.of(registry.follow(name), wanted.output()));
  }

  /** The model of a file, which is loaded if it is not served yet, under its own name if that is free. */
  ModelSource source(Path file) {
    return registry.follow(served(digest(file)).orElseGet(() -> loaded(file)));
  }

  private Optional<String> served(String sha256) {
    return ready()
        .filter(status -> status.model().orElseThrow().sha256().equals(sha256))
        .map(ModelStatus::name)
        .findFirst();
  }

  private String loaded(IndexedModel wanted) {
    Path file = wanted
        .file()
        .map(Path::of)
        .filter(path -> digest(path).equals(wanted.sha256()))
        .orElseThrow(() -> new InvalidInputException("its model (sha256 " + wanted.sha256()
            + ") is not "
            + wanted.file().map(path -> "at " + path + " any more").orElse("known")
            + "; name its file with --model, or index again"));
    return loaded(file);
  }

  private String loaded(Path file) {
    NamedFile model = free(NamedFile.of(file));
    load(model);
    return model.name();
  }

  /** The same file under a name that no other has. */
  private NamedFile free(NamedFile model) {
    return Stream.iterate(2, number -> number + 1)
        .map(number -> model.name() + "-" + number)
        .map(name -> new NamedFile(name, model.file()))
        .filter(other -> !taken(other.name()))
        .findFirst()
        .filter(other -> taken(model.name()))
        .orElse(model);
  }

  private boolean taken(String name) {
    return registry.index().stream().anyMatch(status -> status.name().equals(name));
  }

  private static String digest(Path file) {
    try {
      return Sha256.of(file);
    } catch (IOException e) {
      return "unreadable";
    }
  }

  private Stream<ModelStatus> ready() {
    return registry.index().stream().filter(status -> status.model().isPresent());
  }

  /** Their names, each once. */
  List<String> names() {
    return ready().map(ModelStatus::name).distinct().toList();
  }

  /** What files of the folder were refused, and why. */
  List<String> refused() {
    List<String> sentences = new ArrayList<>();
    registry
        .index()
        .forEach(status -> status
            .problem()
            .ifPresent(problem -> sentences.add(status.name() + " is not served: " + problem)));
    return sentences;
  }

  ModelRegistry registry() {
    return registry;
  }

  @Override
  public void close() {
    registry.close();
  }
}
