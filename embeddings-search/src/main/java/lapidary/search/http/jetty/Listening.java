package lapidary.search.http.jetty;

import io.javalin.config.JettyConfig;
import lapidary.search.http.route.ServerLimits;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Where a server listens, and what its connections may do. Immutable, thread-safe.
 *
 * @param host the name or address to listen at
 * @param port the port, 0 for any free one
 * @param limits what bounds them
 */
public record Listening(String host, int port, ServerLimits limits) {
  /** Connections that the system keeps until they are accepted: many clients come at the same moment, and would be reset else. */
  private static final int ACCEPT_QUEUE = 1_024;

  public void configure(JettyConfig jetty) {
    jetty.modifyServer(this::configure);
    jetty.addConnector(this::connector);
    jetty.modifyServletContextHandler(context -> context.setSessionHandler(new NoSessions()));
  }

  /** What is inserted last sees a request first. */
  private void configure(Server server) {
    server.insertHandler(new AnswersOnTheirWay(limits.time()));
    server.insertHandler(new WatchedConnector.Gate());
    server.insertHandler(new BodiesLeftOver(limits.time()));
    server.setStopTimeout(limits.stopTime().toMillis());
    server.setErrorHandler(new JettyErrors());
    server.addBean(new NetworkConnectionLimit(limits.connections(), server));
  }

  private ServerConnector connector(Server server, HttpConfiguration http) {
    ServerConnector connector = new WatchedConnector(server, http, limits.time());
    connector.setHost(host);
    connector.setPort(port);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    // Each stage of a request has a deadline of its own, which says why it ends.
    connector.setIdleTimeout(limits.time().multipliedBy(2).toMillis());
    return connector;
  }
}
