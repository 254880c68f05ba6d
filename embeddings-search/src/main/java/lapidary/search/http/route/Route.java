package lapidary.search.http.route;

import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import lapidary.search.access.Role;

/**
 * One row of the table of what is served; the OpenAPI document has an operation for each.
 *
 * @param method the HTTP method
 * @param path the path, parameters in braces
 * @param role what a token has to allow, where the server wants one. Empty is for who has none too: what tells nothing of the data.
 *     Probes of an orchestrator carry no token, nor does a browser that is to load the page that asks for it
 * @param limits what bounds a request, beside what the server takes
 * @param handler what answers
 */
public record Route(
    HandlerType method, String path, Optional<Role> role, Limits limits, Handler handler) {
  /**
   * What bounds a request, as far as the server does not bound it more.
   *
   * @param bodyBytes the longest body; 0 if none is read and the answer comes at once, from memory
   * @param jsonBytes the longest body of JSON, whose tree takes thirty times as much
   * @param time the longest that it may wait for its turn and be worked on
   * @param places requests of this route that may wait or be worked on at the same time
   * @param large whether it takes long, or much memory, whatever its body: it is done beside small work
   * @param tree whether JSON becomes a tree; what is read as it comes may be as long as other bodies
   */
  public record Limits(
      int bodyBytes, int jsonBytes, Duration time, int places, boolean large, boolean tree) {
    /** As much as the server takes. */
    private static final int ALL = Integer.MAX_VALUE;

    private static final Duration LONGEST = Duration.ofDays(1);

    /** Answered at once: takes no place among the workers. */
    public static final Limits AT_ONCE = new Limits(0, 0, LONGEST, ALL, false, true);

    /** Done by a worker. */
    public static final Limits WORK = new Limits(ALL, ALL, LONGEST, ALL, false, true);

    /** Done by a worker that reads JSON as it comes. */
    public static final Limits STREAMED = new Limits(ALL, ALL, LONGEST, ALL, false, false);

    /** Done by a worker for large work. */
    public static final Limits LARGE = new Limits(ALL, ALL, LONGEST, ALL, true, true);

    /** The same with shorter bodies. */
    public Limits withBody(int bytes) {
      return new Limits(bytes, Math.min(jsonBytes, bytes), time, places, large, tree);
    }

    public Limits within(Duration most) {
      return new Limits(bodyBytes, jsonBytes, most, places, large, tree);
    }

    public Limits atMost(int requests) {
      return new Limits(bodyBytes, jsonBytes, time, requests, large, tree);
    }

    /** What is left of these where a server takes less. */
    public Limits within(ServerLimits server) {
      int body = Math.min(bodyBytes, server.bodyBytes());
      int workers = large ? server.largeWorkers() : server.workers();
      return new Limits(
          body,
          Math.min(jsonBytes, tree ? Math.min(server.jsonBytes(), body) : body),
          time.compareTo(server.time()) < 0 ? time : server.time(),
          Math.min(places, workers + server.waiting()),
          large,
          tree);
    }

    /** Whether a request takes a place among the workers. */
    public boolean work() {
      return bodyBytes > 0;
    }
  }

  /** What answers. */
  @FunctionalInterface
  public interface Handler {
    void answer(Exchange exchange) throws IOException;
  }

  /** Answered at once, to who may ask. */
  public static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Optional.of(Role.READ), Limits.AT_ONCE, handler);
  }

  /** Answered at once, to everybody. */
  public static Route open(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Optional.empty(), Limits.AT_ONCE, handler);
  }

  /** Done by a worker, for who may ask. */
  public static Route work(HandlerType method, String path, Handler handler) {
    return new Route(method, path, Optional.of(Role.READ), Limits.WORK, handler);
  }

  /** The same, for what takes long or gives a long answer. */
  public static Route work(HandlerType method, String path, Limits limits, Handler handler) {
    return new Route(method, path, Optional.of(Role.READ), limits, handler);
  }

  /** Done by a worker, for who may change items, and told to the audit log. */
  public static Route write(HandlerType method, String path, Handler handler) {
    return new Route(method, path, Optional.of(Role.WRITE), Limits.WORK, handler);
  }

  /** Done by a worker, for who may change what is served, and told to the audit log. */
  public static Route administer(HandlerType method, String path, Handler handler) {
    return new Route(method, path, Optional.of(Role.ADMIN), Limits.WORK, handler);
  }

  /** Whether it changes something. */
  public boolean writes() {
    return role.filter(wanted -> wanted.covers(Role.WRITE)).isPresent();
  }

  /** Such as {@code GET /v1/collections}. */
  public String name() {
    return method.name() + " " + path;
  }
}
