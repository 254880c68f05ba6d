package lapidary.search.http.route;

import io.javalin.http.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lapidary.models.InvalidInputException;

/** A request to one route, and the answer to it. Not thread-safe. */
public final class Exchange {
  private static final String JSON = "application/json";

  private final Context context;
  private final Route route;
  private final Workers workers;

  public Exchange(Context context, Route route, Workers workers) {
    this.context = context;
    this.route = route;
    this.workers = workers;
  }

  /** A part of the path, decoded. */
  public String path(String name) {
    return context.pathParam(name);
  }

  /** A parameter behind the question mark, if it was sent. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(context.queryParam(name));
  }

  /** A header of the request, if it was sent. */
  public Optional<String> sent(String header) {
    return Optional.ofNullable(context.header(header));
  }

  /**
   * A parameter that is a number.
   *
   * @param usual what it is if it was not sent
   * @param most the largest; the smallest is 0
   */
  public int number(String name, int usual, int most) {
    return query(name).map(text -> number(name, text, most)).orElse(usual);
  }

  private static int number(String name, String text, int most) {
    // Nine digits fit an int.
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > most) {
      throw new InvalidInputException(name + " is " + text + "; give a number up to " + most);
    }
    return Integer.parseInt(text);
  }

  /** Takes the body within the route's limits, does the work, on a worker unless it is short, and answers with what it gave. */
  public void work(Workers.Work<? extends Record> work) {
    workFor(body -> answered(200, work.of(body)));
  }

  /** The same, with an answer that is not JSON. */
  public void workFor(Workers.Work<Answer> work) {
    if (!route.limits().work()) {
      throw new IllegalStateException(
          route.name() + " is answered at once; give its route limits to do work");
    }
    CompletableFuture<Answer> answer = workers.work(context, route, work);
    if (answer.isDone()) {
      give(done(answer));
    } else {
      context.future(() -> answer.thenAccept(this::give));
    }
  }

  private static Answer done(CompletableFuture<Answer> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  /** A record as what {@link #workFor} gives. */
  public Answer answered(int status, Record answer) {
    return Answer.of(status, JSON, Json.bytes(answer, workers.answerBytes()));
  }

  public void answer(Record answer) {
    answer(200, answer);
  }

  public void answer(int status, Record answer) {
    context.status(status);
    answer(JSON, Json.bytes(answer, workers.answerBytes()));
  }

  public void answer(String mediaType, byte[] content) {
    workers.requireRoom(context, content.length);
    context.contentType(mediaType).result(content);
  }

  private void give(Answer answer) {
    context.status(answer.status());
    answer.headers().forEach(context::header);
    if (!answer.mediaType().isEmpty()) {
      context.contentType(answer.mediaType()).result(answer.content().content());
    }
  }

  /** Answers with a status and nothing else. */
  public void answer(int status) {
    context.status(status);
  }

  public void header(String name, String value) {
    context.header(name, value);
  }
}
