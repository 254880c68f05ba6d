package lapidary.search.http.route;

import java.time.Duration;
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

  static HttpProblem busy() {
    return new HttpProblem(429, "the server has as much work as it takes; try again in a second");
  }

  static HttpProblem stopping() {
    return new HttpProblem(503, "the server is stopping; try again later");
  }

  static HttpProblem slow() {
    return new HttpProblem(408, "the body took too long to arrive; send it again, faster");
  }

  static HttpProblem damaged(Throwable cause) {
    return new HttpProblem(
        400, "the body cannot be read: " + cause.getMessage() + "; send it again");
  }

  static HttpProblem tookLong(Duration time) {
    double seconds = time.toMillis() / 1000.;
    return new HttpProblem(503, "the request took longer than " + seconds + " s; try again later");
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }
}
