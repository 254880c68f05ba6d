package lapidary.search.http;

import io.javalin.http.HandlerType;
import java.io.IOException;

/**
 * One row of the table of what is served; the OpenAPI document has an operation for each.
 *
 * @param method the HTTP method
 * @param path the path, parameters in braces
 * @param access who gets an answer
 * @param limits what bounds a request, beside what the server takes
 * @param handler what answers
 */
record Route(HandlerType method, String path, Access access, Limits limits, Handler handler) {
  /** Who gets an answer. */
  enum Access {
    /**
     * Also who has no token: what tells nothing of the data. Probes of an orchestrator carry no token, nor does a browser that is
     * to load the page that asks for it.
     */
    OPEN,
    /** Who has the token, where the server wants one. */
    GUARDED
  }

  /**
   * What bounds a request.
   *
   * @param bodyBytes the longest body; 0 if none is read and the answer comes at once, from memory
   * @param jsonBytes the longest body of JSON
   */
  record Limits(int bodyBytes, int jsonBytes) {
    /** Answered at once: takes no place among the workers. */
    static final Limits AT_ONCE = new Limits(0, 0);

    /** Done by a worker. The tree of a JSON body takes up to thirty times as much as the body. */
    static final Limits WORK = new Limits(Integer.MAX_VALUE, 4 << 20);

    /** Whether a request takes a place among the workers. */
    boolean work() {
      return bodyBytes > 0;
    }
  }

  /** What answers. */
  @FunctionalInterface
  interface Handler {
    void answer(Exchange exchange) throws IOException;
  }

  /** Answered at once, to who may see the data. */
  static Route get(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Access.GUARDED, Limits.AT_ONCE, handler);
  }

  /** Answered at once, to everybody. */
  static Route open(String path, Handler handler) {
    return new Route(HandlerType.GET, path, Access.OPEN, Limits.AT_ONCE, handler);
  }

  /** Done by a worker, for who may see the data. */
  static Route work(HandlerType method, String path, Handler handler) {
    return new Route(method, path, Access.GUARDED, Limits.WORK, handler);
  }

  /** Such as {@code GET /v1/collections}. */
  String name() {
    return method.name() + " " + path;
  }
}
