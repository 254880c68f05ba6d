package lapidary.benchmarks.service;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import lapidary.benchmarks.Processor;

/**
 * Rates of a service beside the trivial JSON route of the same server, in turns within one run, the best turn of each; the first turn
 * is for the compiler. Arguments: seconds of a turn, how many turns, the name of a collection, a picture of 28 × 28 to search it by, the
 * name of a model that takes such a picture as bytes, and the command that starts the service, such as
 * {@code ./lapidary serve --json --port 0 --collection DIR}. Needs wrk.
 */
public final class HttpLoad {
  private static final LoadRequest TRIVIAL = LoadRequest.get("/v2/health/live");

  private static final int PIXELS = 784;

  private HttpLoad() {}

  /** What is measured. */
  private record Case(String name, LoadRequest request, int connections) {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int seconds = Integer.parseInt(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    String search = "/v1/collections/" + arguments[2] + "/search";
    byte[] picture = Files.readAllBytes(Path.of(arguments[3]));
    String infer = "/v2/models/" + arguments[4] + "/infer";
    List<String> command = Arrays.asList(arguments).subList(5, arguments.length);
    System.out.println(Processor.line());
    try (RunningServer server = RunningServer.start(command)) {
      System.out.printf(Locale.ROOT, "ready after %.2f s%n", server.readySeconds());
      String id = firstItem(server.url(), arguments[2]);
      List<Case> cases = List.of(
          new Case("trivial JSON route", TRIVIAL, 16),
          new Case("search by id", LoadRequest.postJson(search, "{\"id\":\"" + id + "\"}"), 16),
          new Case("search by picture", LoadRequest.postPicture(search, picture), 16),
          new Case("infer, binary", binary(infer), 32),
          new Case("infer, JSON", LoadRequest.postJson(infer, json()), 32));
      print(measured(server.url(), cases, seconds, turns));
      System.out.printf(Locale.ROOT, "resident %.0f MiB%n", server.resident());
    }
  }

  /** One row of zeros, raw behind the JSON, and raw answers. */
  private static LoadRequest binary(String path) {
    byte[] json = ("{\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,28,28,1],\"datatype\":\"UINT8\","
            + "\"parameters\":{\"binary_data_size\":" + PIXELS
            + "}}],\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"binary_data\":true}}]}")
        .getBytes(StandardCharsets.UTF_8);
    return LoadRequest.post(
            path, "application/octet-stream", Arrays.copyOf(json, json.length + PIXELS))
        .with("Inference-Header-Content-Length", Integer.toString(json.length));
  }

  private static String json() {
    return "{\"inputs\":[{\"name\":\"pixels\",\"shape\":[1,28,28,1],\"datatype\":\"UINT8\",\"data\":["
        + String.join(",", Collections.nCopies(PIXELS, "0"))
        + "]}],\"outputs\":[{\"name\":\"probabilities\"}]}";
  }

  private static Map<Case, Wrk.Outcome> measured(
      String url, List<Case> cases, int seconds, int turns)
      throws IOException, InterruptedException {
    Map<Case, Wrk.Outcome> best = new LinkedHashMap<>();
    for (int turn = 0; turn <= turns; turn++) {
      for (Case each : cases) {
        Wrk.Outcome outcome = Wrk.load(url, each.request(), each.connections(), seconds);
        if (!outcome.clean()) {
          throw new IllegalStateException(each.name() + " failed: " + outcome);
        }
        if (turn > 0) {
          best.merge(each, outcome, Wrk.Outcome::better);
        }
      }
    }
    return best;
  }

  private static void print(Map<Case, Wrk.Outcome> best) {
    double trivial = best.values().iterator().next().rate();
    System.out.println("| what | connections | a second | × trivial | p50 ms | p99 ms |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    best.forEach((each, outcome) -> System.out.printf(
        Locale.ROOT,
        "| %s | %d | %,.0f | %.3f | %.2f | %.2f |%n",
        each.name(),
        each.connections(),
        outcome.rate(),
        outcome.rate() / trivial,
        outcome.p50(),
        outcome.p99()));
  }

  private static String firstItem(String url, String collection)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create(url + "/v1/collections/" + collection + "/items?limit=1"))
        .build();
    JsonNode answer = new JsonMapper()
        .readTree(HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofByteArray())
            .body());
    return answer.path("items").path(0).path("id").asText();
  }
}
