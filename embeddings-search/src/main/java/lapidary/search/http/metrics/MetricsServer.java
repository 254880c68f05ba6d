package lapidary.search.http.metrics;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.http.access.LocalName;
import lapidary.search.metrics.Metrics;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Answers {@code GET /metrics} at a port of its own, and nothing else, to everybody who reaches it and without a token: Prometheus has
 * none by default, and what scrapes a busy service waits behind no one. Thread-safe.
 */
public final class MetricsServer implements AutoCloseable {
  private static final int THREADS = 6;

  private final Server server;
  private final int port;

  private MetricsServer(Server server, int port) {
    this.server = server;
    this.port = port;
  }

  /**
   * Starts answering.
   *
   * @param host the name or address to listen at
   * @param port the port, 0 for any free one
   * @throws EnvironmentException if these cannot be listened at
   */
  public static MetricsServer start(Metrics metrics, String host, int port) {
    requirePort(port);
    Server server = new Server(new QueuedThreadPool(THREADS, 1));
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost(host);
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(new Answering(metrics, isLoopback(host)));
    try {
      server.start();
    } catch (Exception e) {
      throw new EnvironmentException(
          "cannot listen at " + host + " port " + port + " for metrics: " + e.getMessage()
              + "; choose another port or host",
          e);
    }
    return new MetricsServer(server, connector.getLocalPort());
  }

  private static void requirePort(int port) {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(
          "port " + port + " for metrics is out of range; give 0 to 65535");
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "host " + host + " is unknown; give a name or address of this machine", e);
    }
  }

  /** At loopback only a name of this machine will do, so that no page of a foreign site reads it. */
  private static final class Answering extends Handler.Abstract {
    private final Metrics metrics;
    private final boolean local;

    Answering(Metrics metrics, boolean local) {
      this.metrics = metrics;
      this.local = local;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      int status = status(request);
      if (status == HttpStatus.OK_200) {
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, MetricsRoutes.MEDIA_TYPE);
        response.write(true, ByteBuffer.wrap(MetricsRoutes.bytes(metrics)), callback);
      } else {
        response.setStatus(status);
        callback.succeeded();
      }
      return true;
    }

    private int status(Request request) {
      if (local && !LocalName.is(request.getHeaders().get(HttpHeader.HOST))) {
        return HttpStatus.FORBIDDEN_403;
      }
      if (!Request.getPathInContext(request).equals(MetricsRoutes.PATH)) {
        return HttpStatus.NOT_FOUND_404;
      }
      return HttpMethod.GET.is(request.getMethod())
          ? HttpStatus.OK_200
          : HttpStatus.METHOD_NOT_ALLOWED_405;
    }
  }

  /** The port that is listened at, or was until this was closed. */
  public int port() {
    return port;
  }

  /** Stops; later calls do nothing. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server of metrics did not stop", e);
    }
  }
}
