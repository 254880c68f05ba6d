package lapidary.search.http.jetty;

import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connector that closes connections whose head is too long on its way, which Jetty's idle timeout does not see if each byte is in
 * time. Once it is stopping it closes kept-alive connections that have no request, and no others: Jetty's idle timeout of stopping
 * alone also cuts off a body that pauses for so long, and an answer that is being written. How long requests in flight may hold up
 * stopping is the server's stop timeout. Thread-safe.
 */
final class WatchedConnector extends ServerConnector {
  /** How long a connection may be quiet while stopping, in milliseconds, before it is looked at. */
  private static final int QUIET = 100;

  /** How many times in the time of a head connections are looked at. */
  private static final int LOOKS = 8;

  private final Duration headTime;

  /** @param headTime the longest that the head of a request may take */
  WatchedConnector(Server server, HttpConfiguration http, Duration headTime) {
    super(server, new HttpConnectionFactory(http));
    this.headTime = headTime;
    setShutdownIdleTimeout(QUIET);
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    lookLater();
  }

  /** Ends with the scheduler, which this owns. */
  private void lookLater() {
    long pause = Math.max(1, headTime.toMillis() / LOOKS);
    getScheduler().schedule(this::look, pause, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (EndPoint endPoint : getConnectedEndPoints()) {
      if (endPoint instanceof Watched watched && watched.isHeadLate(now)) {
        endPoint.close(new TimeoutException("the head took too long to arrive"));
      }
    }
    if (isRunning()) {
      lookLater();
    }
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SocketChannelEndPoint endPoint = new Watched(channel, selector, key, getScheduler());
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }

  /** One that was being accepted as stopping began has missed the new timeout. */
  @Override
  protected void onEndPointOpened(EndPoint endPoint) {
    super.onEndPointOpened(endPoint);
    if (isShutdown()) {
      endPoint.setIdleTimeout(getShutdownIdleTimeout());
    }
  }

  private final class Watched extends SocketChannelEndPoint {
    /** No head is on its way. */
    private static final long NONE = 0;

    private final AtomicInteger requests = new AtomicInteger();
    /** When the first byte of a head came, on the clock of {@link System#nanoTime}. */
    private volatile long headSince = NONE;

    Watched(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
    }

    @Override
    public int fill(ByteBuffer buffer) throws java.io.IOException {
      int filled = super.fill(buffer);
      if (filled > 0 && headSince == NONE && requests.get() == 0) {
        // The lowest bit, so that it is never none.
        headSince = System.nanoTime() | 1;
      }
      return filled;
    }

    boolean isHeadLate(long now) {
      long since = headSince;
      return since != NONE && requests.get() == 0 && now - since > headTime.toNanos();
    }

    void begin() {
      requests.incrementAndGet();
      headSince = NONE;
    }

    void end() {
      requests.decrementAndGet();
    }

    @Override
    protected void onIdleExpired(TimeoutException timeout) {
      if (!isShutdown() || !hasRequest()) {
        super.onIdleExpired(timeout);
      }
    }

    /** Also one whose head is being read: only a connection without a request wants to be woken and is not counted. */
    private boolean hasRequest() {
      return requests.get() > 0 || !getFillInterest().isInterested();
    }
  }

  /** Turns away what comes once stopping has begun, and counts what each connection has under way. */
  static final class Gate extends GracefulHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof Watched there) {
        there.begin();
        Request.addCompletionListener(request, failure -> there.end());
      }
      return super.handle(request, response, callback);
    }
  }
}
