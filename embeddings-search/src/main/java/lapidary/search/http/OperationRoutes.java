package lapidary.search.http;

import java.util.List;
import java.util.function.BooleanSupplier;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;

/** The rows of the table that an orchestrator asks. Thread-safe. */
final class OperationRoutes {
  private final BooleanSupplier ready;

  /** @param ready whether requests are taken */
  OperationRoutes(BooleanSupplier ready) {
    this.ready = ready;
  }

  List<Route> all() {
    return List.of(
        Route.open("/v2/health/live", exchange -> exchange.answer(new OperationAnswers.Live(true))),
        Route.open("/v2/health/ready", this::ready));
  }

  private void ready(Exchange exchange) {
    boolean now = ready.getAsBoolean();
    exchange.answer(now ? 200 : 503, new OperationAnswers.Ready(now));
  }
}
