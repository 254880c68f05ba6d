package lapidary.search.http;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The rows of the table that an orchestrator asks. Thread-safe. */
final class OperationRoutes {
  private final BooleanSupplier ready;

  /** @param ready whether requests are taken */
  OperationRoutes(BooleanSupplier ready) {
    this.ready = ready;
  }

  List<Route> all() {
    return List.of(
        Route.open("/v2/health/live", exchange -> exchange.answer(new Answers.Live(true))),
        Route.open("/v2/health/ready", this::ready));
  }

  private void ready(Exchange exchange) {
    boolean now = ready.getAsBoolean();
    exchange.answer(now ? 200 : 503, new Answers.Ready(now));
  }
}
