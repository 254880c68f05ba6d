package lapidary.search.inference;

import java.nio.file.Path;
import lapidary.runtime.serving.registry.ModelStatus;

/**
 * A version of a model in the repository.
 *
 * @param name the model's name
 * @param version in digits
 * @param state whether it can be run
 * @param reason why it is in that state; empty if there is nothing to say
 */
public record IndexEntry(String name, String version, State state, String reason) {
  /** States by Triton's names. */
  public enum State {
    /** It can be run. A newer file may have been refused, which the reason tells. */
    READY,
    /** Its file was refused, or it was unloaded. */
    UNAVAILABLE,
    /** It is being opened for the first time. */
    LOADING,
    /** It ends with the requests that have it. */
    UNLOADING
  }

  static IndexEntry of(ModelStatus status) {
    return new IndexEntry(
        status.name(), Long.toString(status.version()), state(status.state()), reason(status));
  }

  /** One that was unloaded, and whose file is still there. */
  static IndexEntry unloaded(ModelStatus status) {
    return new IndexEntry(
        status.name(), Long.toString(status.version()), State.UNAVAILABLE, "unloaded");
  }

  /** Why a version is not what its file says, without the place of the file, which is nobody's business. */
  static String reason(ModelStatus status) {
    Path file = status.file();
    return status
        .problem()
        .map(problem -> problem.replace(file.toString(), String.valueOf(file.getFileName())))
        .orElse("");
  }

  private static State state(ModelStatus.State state) {
    return switch (state) {
      case READY -> State.READY;
      case LOADING -> State.LOADING;
      case UNLOADING -> State.UNLOADING;
      case REFUSED, UNLOADED -> State.UNAVAILABLE;
    };
  }
}
