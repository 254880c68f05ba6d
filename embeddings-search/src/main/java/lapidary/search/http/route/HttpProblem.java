package lapidary.search.http.route;

import java.util.Map;

/** A request that cannot be answered as asked: a status, a sentence for the client and headers that go with them. */
public final class HttpProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  public HttpProblem(int status, String message) {
    this(status, message, Map.of());
  }

  public HttpProblem(int status, String message, Map<String, String> headers) {
    // Neither a cause nor a stack trace: it is an answer, not a fault.
    super(message, null, false, false);
    this.status = status;
    this.headers = Map.copyOf(headers);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
