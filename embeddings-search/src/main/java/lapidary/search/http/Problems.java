package lapidary.search.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.MethodNotAllowedResponse;
import io.javalin.router.EndpointNotFound;
import java.util.Map;
import java.util.Set;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.serving.OverloadedException;
import lapidary.runtime.serving.registry.NotReadyException;
import lapidary.search.FixedCollectionsException;
import lapidary.search.NotFoundException;
import lapidary.search.TakenNameException;
import lapidary.search.http.log.Call;
import lapidary.search.http.route.HttpProblem;
import lapidary.search.http.route.Json;
import lapidary.search.http.route.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where a failure becomes a status and {@code {"error": "sentence"}}; stack traces stay in the log. Stateless. */
final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** What may be answered if it is asked again. */
  private static final Set<Integer> LATER = Set.of(429, 503);

  private Problems() {}

  static void register(RoutesConfig routes) {
    routes.exception(HttpProblem.class, (problem, context) -> answer(context, problem));
    routes.exception(
        NotFoundException.class,
        (e, context) -> answer(context, new HttpProblem(404, sentence(e))));
    routes.exception(
        FixedCollectionsException.class,
        (e, context) -> answer(context, new HttpProblem(403, sentence(e))));
    routes.exception(
        TakenNameException.class,
        (e, context) -> answer(context, new HttpProblem(409, sentence(e))));
    routes.exception(
        InvalidInputException.class,
        (e, context) -> answer(context, new HttpProblem(400, sentence(e))));
    routes.exception(
        EnvironmentException.class,
        (e, context) -> answer(context, new HttpProblem(503, sentence(e))));
    routes.exception(
        NotReadyException.class,
        (e, context) -> answer(context, new HttpProblem(503, sentence(e))));
    routes.exception(
        OverloadedException.class,
        (e, context) -> answer(context, new HttpProblem(429, sentence(e))));
    routes.exception(
        HttpResponseException.class, (e, context) -> answer(context, ofJavalin(e, context)));
    routes.exception(Exception.class, (e, context) -> answer(context, unexpected(e, context)));
  }

  static void answer(Context context, HttpProblem problem) {
    if (LATER.contains(problem.status())) {
      context.header(Header.RETRY_AFTER, "1");
    }
    problem.headers().forEach(context::header);
    Json.answer(context.status(problem.status()), new Refusal(sentence(problem)));
  }

  private static HttpProblem ofJavalin(HttpResponseException e, Context context) {
    String asked = context.method() + " " + context.path();
    if (e instanceof EndpointNotFound) {
      return new HttpProblem(404, "there is no " + asked + "; see /openapi.json");
    }
    if (e instanceof MethodNotAllowedResponse) {
      String allowed = e.getDetails().getOrDefault("availableMethods", "");
      return new HttpProblem(
          405, asked + " is not allowed, only " + allowed, Map.of(Header.ALLOW, allowed));
    }
    return new HttpProblem(e.getStatus(), sentence(e));
  }

  private static HttpProblem unexpected(Exception e, Context context) {
    Call call = Call.of(context);
    LOG.error(
        "{} {} failed; request {}, trace {}",
        context.method(),
        context.path(),
        call.id(),
        call.trace().orElse("none"),
        e);
    return new HttpProblem(
        500, "the server failed to answer; its log says why, at request " + call.id());
  }

  private static String sentence(Exception e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
