package lapidary.search.http.log;

import io.javalin.http.Context;
import java.util.Optional;
import lapidary.search.access.Holder;
import lapidary.search.http.route.Route;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request, and what is found out of it while it is answered. Written by who answers it, read once it is answered. Thread-safe. */
public final class Call {
  private static final String ATTRIBUTE = Call.class.getName();

  private final String id;
  private final Optional<TraceParent> parent;
  private volatile Optional<Route> route = Optional.empty();
  private volatile Optional<Holder> holder = Optional.empty();

  Call(String id, Optional<TraceParent> parent) {
    this.id = id;
    this.parent = parent;
  }

  /** The call that a handler answers. */
  public static Call of(Context context) {
    Call call = context.attribute(ATTRIBUTE);
    if (call == null) {
      throw new IllegalStateException("a request is answered that the server did not begin");
    }
    return call;
  }

  /** The call that a request is; empty if it was refused before it was one. */
  public static Optional<Call> of(Request request) {
    return Optional.ofNullable((@Nullable Call) request.getAttribute(ATTRIBUTE));
  }

  void attach(Request request) {
    request.setAttribute(ATTRIBUTE, this);
  }

  /** What it is called in logs and to its client. */
  public String id() {
    return id;
  }

  /** The trace that it is part of, as its client says. */
  public Optional<String> trace() {
    return parent.map(TraceParent::traceId);
  }

  /** What is asked for, and by whom, as far as a token tells. */
  public void is(Route asked, Optional<Holder> by) {
    route = Optional.of(asked);
    holder = by;
  }

  /** What was asked for; empty if it is not served, or was not looked for. */
  public Optional<Route> route() {
    return route;
  }

  /** Who asked, as the token tells. */
  public Optional<Holder> holder() {
    return holder;
  }
}
