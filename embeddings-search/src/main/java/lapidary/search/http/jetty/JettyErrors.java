package lapidary.search.http.jetty;

import java.nio.ByteBuffer;
import lapidary.search.http.log.Call;
import lapidary.search.http.log.Calls;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Refusal;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty answers by itself, before a request reaches a route: the same JSON as everywhere, no stack traces. */
final class JettyErrors extends ErrorHandler {
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    // Whatever an answer had before was taken back.
    Call.of(request).ifPresent(call -> Calls.name(call, response));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
    if (code == 503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
    }
    response.write(true, ByteBuffer.wrap(body(code, message)), callback);
  }

  private static byte[] body(int code, @Nullable String message) {
    String sentence = message == null ? "status " + code : message;
    return Json.bytes(new Refusal(sentence));
  }
}
