package lapidary.search.http.log;

import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives each request its id, which is answered too, and tells observers when it began and how it ended. Stands before all other
 * handlers, so that it sees what these refuse; what Jetty cannot read is not a call. Thread-safe.
 */
public final class Calls extends Handler.Wrapper {
  private final RequestIds ids = new RequestIds();
  private final List<CallObserver> observers;

  public Calls(List<CallObserver> observers) {
    this.observers = List.copyOf(observers);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Call call = new Call(
        ids.of(request.getHeaders().get(RequestIds.HEADER)),
        TraceParent.of(request.getHeaders().getValuesList("traceparent")));
    call.attach(request);
    name(call, response);
    observers.forEach(CallObserver::began);
    Request.addCompletionListener(request, failure -> end(call, request, response));
    return super.handle(request, response, callback);
  }

  /** Names a call to its client. */
  public static void name(Call call, Response response) {
    response.getHeaders().put(RequestIds.HEADER, call.id());
  }

  private void end(Call call, Request request, Response response) {
    CallObserver.Ended ended = new CallObserver.Ended(
        call,
        request.getMethod(),
        request.getHttpURI().getPath(),
        Request.getRemoteAddr(request),
        response.getStatus(),
        Response.getContentBytesWritten(response),
        System.nanoTime() - request.getBeginNanoTime());
    observers.forEach(observer -> observer.ended(ended));
  }
}
