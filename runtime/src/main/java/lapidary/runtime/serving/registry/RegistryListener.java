package lapidary.runtime.serving.registry;

/**
 * Is told what happens in a registry, by its threads: be quick, and close no registry here. Exceptions are dropped. Thread-safe.
 */
@FunctionalInterface
public interface RegistryListener {
  /** A version is in another state, or was refused for another reason than before. */
  void changed(ModelStatus status);

  /** Told once of each thing that is wrong with the watched folder: it cannot be read, or something in it is not a model. */
  default void noticed(String sentence) {}
}
