package lapidary.search.inference;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.runtime.serving.registry.NotReadyException;
import lapidary.search.NotFoundException;

/** Finds models in a registry, and says in sentences without places of files why one cannot be had. Thread-safe. */
final class Models {
  private static final int LONGEST_NAME = 255;

  private final ModelRegistry registry;

  Models(ModelRegistry registry) {
    this.registry = registry;
  }

  /** @throws NotFoundException if there is no such model @throws NotReadyException if it cannot be run now */
  ModelLease lease(ModelReference reference) {
    requireName(reference.name());
    try {
      return reference.version().isPresent()
          ? registry.lease(reference.name(), reference.version().get())
          : registry.lease(reference.name());
    } catch (InvalidInputException e) {
      throw notFound(e);
    } catch (NotReadyException e) {
      throw notReady(reference);
    }
  }

  /** Refuses what no model is called, before anything looks for a name near to it. */
  static void requireName(String name) {
    if (name.isEmpty() || name.length() > LONGEST_NAME) {
      throw new NotFoundException("model " + Quoted.of(name)
          + " is unknown; the repository's index has the names of those that there are");
    }
  }

  static NotFoundException notFound(InvalidInputException e) {
    return new NotFoundException(String.valueOf(e.getMessage()));
  }

  /** Versions that a reference means, the smallest first, but those that end. */
  Stream<ModelStatus> versions(ModelReference reference) {
    return registry.index().stream()
        .filter(status -> status.state() != ModelStatus.State.UNLOADING)
        .filter(meant(reference));
  }

  private static Predicate<ModelStatus> meant(ModelReference reference) {
    Optional<Long> version = reference.version();
    return status -> status.name().equals(reference.name())
        && version.map(number -> number == status.version()).orElse(true);
  }

  private NotReadyException notReady(ModelReference reference) {
    String reason = versions(reference)
        .map(IndexEntry::reason)
        .filter(text -> !text.isEmpty())
        .reduce((first, last) -> last)
        .orElse("it is being loaded");
    return new NotReadyException(reference + ", is not ready: " + reason);
  }
}
