package lapidary.search.inference;

/**
 * An output that is asked for.
 *
 * @param name of the model's output
 * @param classes how many of its greatest values are to be told as classes; 0 for all values as they are
 */
public record RequestedOutput(String name, int classes) {
  /** Reads what is wanted of an output. */
  public static RequestedOutput of(String name, Parameters parameters) {
    parameters.requireNoSharedMemory("output " + Quoted.of(name));
    return new RequestedOutput(name, parameters.classes());
  }
}
