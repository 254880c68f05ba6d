package lapidary.search.http.models;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.HandlerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.access.Role;
import lapidary.search.http.route.Answer;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Route;
import lapidary.search.inference.InferenceService;
import lapidary.search.inference.ModelReference;
import lapidary.search.inference.VersionStatistics;

/** The rows of the table about models. Thread-safe. */
public final class ModelRoutes {
  private static final String SERVER = "/v2";
  private static final String MODEL = SERVER + "/models/{model}";
  private static final String VERSION = MODEL + "/versions/{version}";
  private static final String REPOSITORY = SERVER + "/repository";

  private static final Route.Limits SMALL = Route.Limits.WORK.withBody(64 << 10);

  private final InferenceService service;

  public ModelRoutes(InferenceService service) {
    this.service = service;
  }

  public List<Route> all() {
    List<Route> routes = new ArrayList<>(List.of(
        Route.get(SERVER, this::server),
        Route.get(SERVER + "/models/stats", this::allStatistics),
        work("/index", Role.READ, this::index),
        work("/models/{model}/load", Role.ADMIN, this::load),
        work("/models/{model}/unload", Role.ADMIN, this::unload)));
    routes.addAll(of(MODEL, exchange -> ModelReference.of(exchange.path("model"))));
    routes.addAll(of(
        VERSION, exchange -> ModelReference.of(exchange.path("model"), exchange.path("version"))));
    return routes;
  }

  /** Finds the model that a request is about. */
  @FunctionalInterface
  private interface Asked {
    ModelReference in(Exchange exchange);
  }

  private List<Route> of(String path, Asked asked) {
    return List.of(
        Route.get(path, exchange -> metadata(exchange, asked.in(exchange))),
        Route.get(path + "/ready", exchange -> ready(exchange, asked.in(exchange))),
        Route.get(path + "/config", exchange -> configuration(exchange, asked.in(exchange))),
        Route.get(path + "/stats", exchange -> statistics(exchange, asked.in(exchange))),
        new Route(
            HandlerType.POST,
            path + "/infer",
            Optional.of(Role.READ),
            Route.Limits.STREAMED,
            exchange -> infer(exchange, asked.in(exchange))));
  }

  private static Route work(String path, Role role, Route.Handler handler) {
    return new Route(HandlerType.POST, REPOSITORY + path, Optional.of(role), SMALL, handler);
  }

  private void server(Exchange exchange) {
    exchange.answer(ModelAnswers.Server.of(service.server()));
  }

  private void metadata(Exchange exchange, ModelReference model) {
    exchange.answer(ModelAnswers.Model.of(service.metadata(model)));
  }

  private void ready(Exchange exchange, ModelReference model) {
    boolean ready = service.ready(model);
    exchange.answer(ready ? 200 : 503, new ModelAnswers.Ready(model.name(), ready));
  }

  private void configuration(Exchange exchange, ModelReference model) {
    exchange.answer(ModelAnswers.Configuration.of(service.configuration(model)));
  }

  private void statistics(Exchange exchange, ModelReference model) {
    exchange.answer(statistics(service.statistics(model)));
  }

  private void allStatistics(Exchange exchange) {
    exchange.answer(statistics(service.statistics()));
  }

  private static ModelAnswers.Statistics statistics(List<VersionStatistics> versions) {
    return new ModelAnswers.Statistics(
        versions.stream().map(ModelAnswers.Version::of).toList());
  }

  private void infer(Exchange exchange, ModelReference model) {
    Optional<String> json = exchange.sent(InferRequest.JSON_LENGTH);
    exchange.workFor(body -> {
      InferRequest request = InferRequest.read(model, json, body);
      return sent(InferAnswer.of(service.infer(request.inference()), request));
    });
  }

  private static Answer sent(InferAnswer answer) {
    Answer sent = Answer.of(answer.mediaType(), answer.content());
    return answer.headerBytes().isPresent()
        ? sent.with(
            InferRequest.JSON_LENGTH, Integer.toString(answer.headerBytes().getAsInt()))
        : sent;
  }

  private void index(Exchange exchange) {
    exchange.workFor(body -> {
      boolean readyOnly = object(body).path("ready").asBoolean(false);
      // A bare array, as Triton's clients want it.
      return Answer.of("application/json", ModelAnswers.index(service.index(), readyOnly));
    });
  }

  private void load(Exchange exchange) {
    String model = exchange.path("model");
    exchange.work(body -> {
      if (!object(body).path("parameters").isEmpty()) {
        throw new InvalidInputException(
            "models are loaded from their folder as they are there; omit the parameters");
      }
      service.load(model);
      return new ModelAnswers.Done();
    });
  }

  private void unload(Exchange exchange) {
    String model = exchange.path("model");
    exchange.work(body -> {
      service.unload(model);
      return new ModelAnswers.Done();
    });
  }

  /** The object that was sent; some clients send nothing where they have nothing to say. */
  private static JsonNode object(Body body) {
    byte[] bytes = body.bytes().content();
    JsonNode node = Json.parse(bytes.length == 0 ? new byte[] {'{', '}'} : bytes, "the body");
    if (!node.isObject()) {
      throw new InvalidInputException("the body is not a JSON object; send one, or nothing");
    }
    return node;
  }
}
