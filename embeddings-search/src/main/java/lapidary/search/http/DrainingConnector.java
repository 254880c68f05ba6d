package lapidary.search.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
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
 * A connector that, once it is stopping, closes kept-alive connections that have no request, and no others. Jetty's idle timeout of
 * stopping alone also cuts off a body that pauses for so long, and an answer that is being written. How long requests in flight may
 * hold up stopping is the server's stop timeout. Thread-safe.
 */
final class DrainingConnector extends ServerConnector {
  /** How long a connection may be quiet while stopping, in milliseconds, before it is looked at. */
  private static final int QUIET = 100;

  DrainingConnector(Server server, HttpConfiguration http) {
    super(server, new HttpConnectionFactory(http));
    setShutdownIdleTimeout(QUIET);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SocketChannelEndPoint endPoint = new Draining(channel, selector, key, getScheduler());
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

  private final class Draining extends SocketChannelEndPoint {
    private final AtomicInteger requests = new AtomicInteger();

    Draining(
        SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
      super(channel, selector, key, scheduler);
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
      if (request.getConnectionMetaData().getConnection().getEndPoint() instanceof Draining there) {
        there.requests.incrementAndGet();
        Request.addCompletionListener(request, failure -> there.requests.decrementAndGet());
      }
      return super.handle(request, response, callback);
    }
  }
}
