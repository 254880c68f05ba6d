package lapidary.search.inference;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatus;
import lapidary.runtime.serving.registry.NotReadyException;
import lapidary.search.NotFoundException;

/**
 * Finds models in a registry, and says in sentences without places of files why one cannot be had. For the rooms of this module that
 * answer by models. Thread-safe.
 */
public final class Models {
  private static final int LONGEST_NAME = 255;

  private final ModelRegistry registry;

  /** Over a registry, which stays its owner's to close. */
  public Models(ModelRegistry registry) {
    this.registry = registry;
  }

  /**
   * Leases a model.
   *
   * @throws NotFoundException if there is no such model
   * @throws NotReadyException if it cannot be run now
   */
  public ModelLease lease(ModelReference reference) {
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

  /**
   * Does something with a model that is asked for by its name only; what it throws is said without places of files.
   *
   * @throws NotFoundException if there is no such model
   * @throws NotReadyException if it cannot be run now
   */
  public <T> T told(ModelReference reference, Supplier<T> work) {
    if (!registry.ready(reference.name())) {
      lease(reference).close();
    }
    try {
      return work.get();
    } catch (InvalidInputException e) {
      throw new InvalidInputException(withoutPlaces(e, reference), e);
    } catch (EnvironmentException e) {
      throw new EnvironmentException(withoutPlaces(e, reference), e);
    } catch (NotReadyException e) {
      throw notReady(reference);
    }
  }

  private String withoutPlaces(RuntimeException e, ModelReference reference) {
    String sentence = String.valueOf(e.getMessage());
    for (ModelStatus version : versions(reference).toList()) {
      sentence = sentence.replace(version.file().toString(), reference.toString());
    }
    return sentence;
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
  public Stream<ModelStatus> versions(ModelReference reference) {
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
