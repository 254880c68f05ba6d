package lapidary.search.http.jetty;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers while their clients read them, so that no thread waits for a client. How much that is, whoever gives answers bounds.
 * One that is not read in time ends with its connection. Thread-safe.
 */
final class AnswersOnTheirWay extends Handler.Wrapper {
  private final Duration time;

  /** @param time the longest that a client may take to read an answer, from its first byte on */
  AnswersOnTheirWay(Duration time) {
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Kept kept = new Kept(request, response, callback);
    return super.handle(request, kept, kept);
  }

  /** One piece; the last one ends the answer. */
  private record Piece(boolean last, @Nullable ByteBuffer content) {}

  private final class Kept extends Response.Wrapper implements Callback {
    private final Callback whole;
    private final Queue<Piece> pieces = new ArrayDeque<>();
    private final Writer writer = new Writer();
    private boolean handled;
    private @Nullable Throwable broken;
    private Scheduler.@Nullable Task end;

    Kept(Request request, Response response, Callback whole) {
      super(request, response);
      this.whole = whole;
    }

    /** A copy, since who wrote it goes on as if it were sent. */
    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback written) {
      synchronized (this) {
        if (broken == null) {
          pieces.add(new Piece(last, content == null ? null : copied(content)));
        }
      }
      writer.iterate();
      Throwable failure = failure();
      if (failure == null) {
        written.succeeded();
      } else {
        written.failed(failure);
      }
    }

    private synchronized @Nullable Throwable failure() {
      return broken;
    }

    private static ByteBuffer copied(ByteBuffer content) {
      ByteBuffer copy = ByteBuffer.allocate(content.remaining());
      copy.put(content).flip();
      return copy;
    }

    /** The answer is given; the request is over once it is sent too. */
    @Override
    public void succeeded() {
      Throwable failure;
      synchronized (this) {
        handled = true;
        failure = broken;
      }
      if (failure == null) {
        writer.iterate();
      } else {
        whole.failed(failure);
      }
    }

    @Override
    public void failed(Throwable failure) {
      synchronized (this) {
        handled = true;
      }
      if (failure() == null) {
        writer.abort(failure);
      } else {
        whole.failed(failure);
      }
    }

    private synchronized @Nullable Piece next() {
      return pieces.poll();
    }

    private synchronized boolean isHandled() {
      return handled && pieces.isEmpty();
    }

    private synchronized void pause() {
      if (end == null) {
        end = getRequest()
            .getComponents()
            .getScheduler()
            .schedule(this::late, time.toNanos(), TimeUnit.NANOSECONDS);
      }
    }

    private void late() {
      TimeoutException late = new TimeoutException("the answer was not read in time");
      getRequest().getConnectionMetaData().getConnection().getEndPoint().close(late);
    }

    /** Gives whether the answer had been given. */
    private synchronized boolean over(@Nullable Throwable failure) {
      broken = failure;
      pieces.clear();
      if (end != null) {
        end.cancel();
      }
      return handled;
    }

    private void send(Piece piece, Callback sent) {
      super.write(piece.last(), piece.content(), sent);
    }

    private final class Writer extends IteratingCallback {
      @Override
      protected Action process() {
        Piece piece = next();
        if (piece != null) {
          Sent sent = new Sent();
          send(piece, sent);
          if (!sent.isDone()) {
            pause();
          }
          return Action.SCHEDULED;
        }
        return isHandled() ? Action.SUCCEEDED : Action.IDLE;
      }

      @Override
      protected void onCompleteSuccess() {
        over(null);
        whole.succeeded();
      }

      @Override
      protected void onCompleteFailure(Throwable failure) {
        // Otherwise who gives it learns of the failure as it goes on, and ends the request then.
        if (over(failure)) {
          whole.failed(failure);
        }
      }

      /** Tells whether a piece was taken at once, so that only slow clients cost a timer. */
      private final class Sent implements Callback {
        private volatile boolean done;

        boolean isDone() {
          return done;
        }

        @Override
        public void succeeded() {
          done = true;
          Writer.this.succeeded();
        }

        @Override
        public void failed(Throwable failure) {
          done = true;
          Writer.this.failed(failure);
        }
      }
    }
  }
}
