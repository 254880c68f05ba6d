package lapidary.search.grpc;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.OverloadedException;
import lapidary.runtime.serving.registry.NotReadyException;
import lapidary.search.NotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes a status with a sentence; stack traces stay in the log. Stateless. */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** A status travels among headers, of which clients take 8 KiB. */
  private static final int LONGEST = 1_000;

  private Refusals() {}

  /** The status of a failure. */
  static StatusRuntimeException of(Throwable failure) {
    if (failure instanceof StatusRuntimeException told) {
      return told;
    }
    Status.Code code = code(failure);
    if (code == Status.Code.INTERNAL) {
      LOG.error("a call failed", failure);
      return status(code, "the server failed to answer; its log says why");
    }
    return status(code, String.valueOf(failure.getMessage()));
  }

  static StatusRuntimeException busy() {
    return status(
        Status.Code.RESOURCE_EXHAUSTED,
        "the server has as much work as it takes; try again in a second");
  }

  static StatusRuntimeException stopping() {
    return status(Status.Code.UNAVAILABLE, "the server is stopping");
  }

  /** Refuses work that nobody waits for any more. */
  static void requireWanted() {
    Context context = Context.current();
    Deadline deadline = context.getDeadline();
    if (deadline != null && deadline.isExpired()) {
      throw status(Status.Code.DEADLINE_EXCEEDED, "the deadline passed before work had begun");
    }
    if (context.isCancelled()) {
      throw status(Status.Code.CANCELLED, "the call was cancelled before work had begun");
    }
  }

  static StatusRuntimeException status(Status.Code code, String sentence) {
    String shown = sentence.length() <= LONGEST ? sentence : sentence.substring(0, LONGEST) + "…";
    return code.toStatus().withDescription(shown).asRuntimeException();
  }

  private static Status.Code code(Throwable failure) {
    if (failure instanceof NotFoundException) {
      return Status.Code.NOT_FOUND;
    }
    if (failure instanceof InvalidInputException) {
      return Status.Code.INVALID_ARGUMENT;
    }
    if (failure instanceof OverloadedException) {
      return Status.Code.RESOURCE_EXHAUSTED;
    }
    boolean away = failure instanceof NotReadyException || failure instanceof EnvironmentException;
    return away ? Status.Code.UNAVAILABLE : Status.Code.INTERNAL;
  }
}
