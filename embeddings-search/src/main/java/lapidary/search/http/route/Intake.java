package lapidary.search.http.route;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Takes a body as it arrives. No thread waits for it, and it holds memory for what has come, not for what was announced. Thread-safe
 * as far as the server calls it, which is by one thread after the other.
 */
final class Intake {
  private final Request request;
  private final Asked asked;
  private final Room.Share share;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private byte[] content = new byte[0];
  private int length;

  private Intake(Request request, Asked asked, Room.Share share) {
    this.request = request;
    this.asked = asked;
    this.share = share;
  }

  /**
   * Begins to take a body. It fails with status 413 if it is longer than the limit, 408 if it takes too long, 429 if there is no room for
   * it, and 400 if it is damaged.
   *
   * @param nanoseconds how long it may take
   */
  static CompletableFuture<byte[]> of(
      Request request,
      Asked asked,
      Room.Share share,
      long nanoseconds,
      ScheduledExecutorService clock) {
    Intake intake = new Intake(request, asked, share);
    intake.read();
    if (intake.whole.isDone()) {
      return intake.whole;
    }
    ScheduledFuture<?> end = clock.schedule(intake::late, nanoseconds, TimeUnit.NANOSECONDS);
    return intake.whole.whenComplete((done, failure) -> end.cancel(false));
  }

  private void late() {
    whole.completeExceptionally(asked.deadline().missed(HttpProblem.slow()));
  }

  private void read() {
    while (!whole.isDone()) {
      Content.Chunk chunk = request.read();
      if (chunk == null) {
        request.demand(this::read);
        return;
      }
      try {
        take(chunk);
      } finally {
        chunk.release();
      }
    }
  }

  private void take(Content.Chunk chunk) {
    if (Content.Chunk.isFailure(chunk)) {
      whole.completeExceptionally(HttpProblem.damaged(chunk.getFailure()));
      return;
    }
    int more = chunk.remaining();
    if (more > asked.limit() - length) {
      whole.completeExceptionally(asked.tooLong());
    } else if (!makeRoom(length + more)) {
      whole.completeExceptionally(HttpProblem.busy());
    } else {
      chunk.getByteBuffer().get(content, length, more);
      length += more;
      if (chunk.isLast()) {
        whole.complete(length == content.length ? content : Arrays.copyOf(content, length));
      }
    }
  }

  private boolean makeRoom(int needed) {
    if (needed <= content.length) {
      return true;
    }
    long most = asked.announced() < 0 ? asked.limit() : asked.announced();
    int size = (int) Math.max(needed, Math.min(most, 2L * content.length));
    if (!share.resize(size, most)) {
      return false;
    }
    content = Arrays.copyOf(content, size);
    return true;
  }
}
