package lapidary.search.http.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is left of a body once its request is answered, and keeps nothing of it: a client that still sends would see its
 * connection reset, and not the answer. No thread waits for it, and it ends in time. Thread-safe.
 */
final class BodiesLeftOver extends Handler.Wrapper {
  /** A client that has sent nothing for so long has sent all, or has stopped. */
  private static final Duration QUIET = Duration.ofSeconds(2);

  private final Duration time;

  /** @param time how long it may take altogether */
  BodiesLeftOver(Duration time) {
    this.time = time;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!announcesBody(request)) {
      return super.handle(request, response, callback);
    }
    Rest rest = new Rest(request, callback);
    return super.handle(rest, response, rest);
  }

  private static boolean announcesBody(Request request) {
    return request.getLength() > 0 || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
  }

  /** A request whose body is read by who answers it, and after that by this. */
  private final class Rest extends Request.Wrapper implements Callback {
    private final Callback callback;
    private boolean asked;
    private boolean waiting;
    private boolean answered;
    private boolean over;
    private long end;
    private Scheduler.@Nullable Task quiet;
    private Runnable reader = () -> {};

    Rest(Request request, Callback callback) {
      super(request);
      this.callback = callback;
    }

    @Override
    public synchronized Content.@Nullable Chunk read() {
      // Who had begun to read it need not know that it is answered already.
      return answered ? null : super.read();
    }

    @Override
    public void demand(Runnable more) {
      synchronized (this) {
        if (answered) {
          return;
        }
        asked = true;
        waiting = true;
        reader = more;
      }
      super.demand(this::arrived);
    }

    /** Jetty's own would end a body that has not come to its end yet. */
    @Override
    public synchronized boolean consumeAvailable() {
      return dropped();
    }

    private void arrived() {
      Runnable next;
      synchronized (this) {
        waiting = false;
        next = answered ? this::drop : reader;
      }
      next.run();
    }

    @Override
    public void succeeded() {
      boolean mayCome;
      synchronized (this) {
        answered = true;
        end = System.nanoTime() + time.toNanos();
        // Who waits for leave to send, and has not got it, sends nothing.
        mayCome = asked || !getHeaders().contains(HttpHeader.EXPECT);
      }
      if (mayCome) {
        drop();
      } else {
        finish();
      }
    }

    @Override
    public void failed(Throwable failure) {
      callback.failed(failure);
    }

    private void drop() {
      boolean ended = false;
      boolean ask = false;
      synchronized (this) {
        if (over) {
          return;
        }
        if (!waiting) {
          ended = dropped() || System.nanoTime() - end > 0;
          ask = !ended;
          waiting = ask;
        }
        watch(ended);
      }
      if (ended) {
        finish();
      } else if (ask) {
        super.demand(this::arrived);
      }
    }

    /** Whether all that is to come has come. */
    private boolean dropped() {
      Content.Chunk chunk;
      while ((chunk = super.read()) != null) {
        chunk.release();
        if (chunk.isLast()) {
          return true;
        }
      }
      return false;
    }

    private void watch(boolean ended) {
      if (quiet != null) {
        quiet.cancel();
      }
      if (!ended) {
        quiet = getComponents()
            .getScheduler()
            .schedule(
                this::finish, Math.min(QUIET.toNanos(), time.toNanos()), TimeUnit.NANOSECONDS);
      }
    }

    private void finish() {
      boolean unfinished;
      synchronized (this) {
        if (over) {
          return;
        }
        over = true;
        unfinished = waiting;
        watch(true);
      }
      if (unfinished) {
        // The connection ends with this.
        callback.failed(new TimeoutException("the body did not come to its end"));
      } else {
        callback.succeeded();
      }
    }
  }
}
