package lapidary.runtime.serving.registry;

/**
 * Is told what happens in a registry, by its threads: be quick, and close no registry here. Exceptions are dropped. Thread-safe.
 */
@FunctionalInterface
public interface RegistryListener {
  /** A version is in another state, or was refused for another reason than before. */
  void changed(ModelStatus status);

  /** Something about the watched folder that somebody should know, once: it cannot be read, or holds what is no model. */
  default void noticed(String sentence) {}
}
