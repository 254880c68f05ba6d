package lapidary.search.http.route;

import io.javalin.http.HandlerType;
import java.io.IOException;
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
   * What bounds a request.
   *
   * @param bodyBytes the longest body; 0 if none is read and the answer comes at once, from memory
   * @param jsonBytes the longest body of JSON
   */
  public record Limits(int bodyBytes, int jsonBytes) {
    /** Answered at once: takes no place among the workers. */
    public static final Limits AT_ONCE = new Limits(0, 0);

    /** Done by a worker. The tree of a JSON body takes up to thirty times as much as the body. */
    public static final Limits WORK = new Limits(Integer.MAX_VALUE, 4 << 20);

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
