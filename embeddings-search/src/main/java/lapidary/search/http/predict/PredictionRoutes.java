package lapidary.search.http.predict;

import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;
import lapidary.search.predict.PredictionService;

/** The rows of the table about models and their whole answers. Thread-safe. */
public final class PredictionRoutes {
  private static final String MODELS = "/v1/models";
  private static final String MODEL = MODELS + "/{model}";

  private final PredictionService service;

  /** @param service what answers */
  public PredictionRoutes(PredictionService service) {
    this.service = service;
  }

  /** Answers by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    return ModelAnswers.ALL;
  }

  /** All of them. */
  public List<Route> all() {
    return List.of(
        Route.get(MODELS, this::models),
        Route.get(MODEL, this::model),
        Route.work(HandlerType.POST, MODEL + "/predict", this::predict),
        Route.work(HandlerType.POST, MODEL + "/embed", this::embed));
  }

  private void models(Exchange exchange) {
    exchange.answer(new ModelAnswers.Models(
        service.models().stream().map(ModelAnswers.Model::of).toList()));
  }

  private void model(Exchange exchange) {
    exchange.answer(ModelAnswers.Card.of(service.model(name(exchange))));
  }

  private void predict(Exchange exchange) {
    String model = name(exchange);
    exchange.work(body -> PredictionRequest.read(body).answer(service, model));
  }

  private void embed(Exchange exchange) {
    String model = name(exchange);
    exchange.work(body -> ModelAnswers.Vector.of(
        model, service.embed(model, SentPicture.read(body).bytes(), SentPicture.NAME)));
  }

  private static String name(Exchange exchange) {
    return exchange.path("model");
  }
}
