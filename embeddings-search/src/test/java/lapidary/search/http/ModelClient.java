package lapidary.search.http;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import lapidary.search.http.route.ServerLimits;
import lapidary.search.inference.InferenceService;

/** Asks a server for models as clients of KServe and Triton do, and holds each answer against the server's document. */
final class ModelClient {
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Contract contract;

  ModelClient(SearchServer server, InferenceService service) {
    this.port = server.port();
    this.contract = new Contract(OpenApi.of(
        SearchServer.complete(
            List.of(Feature.inference(service)), ServerOptions.loopback(0), () -> true),
        ServerLimits.usual()));
  }

  /** An answer; of one with raw values the JSON before them. */
  record Answer(int status, JsonNode json, HttpResponse<byte[]> response) {
    byte[] body() {
      return response.body();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String error() {
      return json.path("error").textValue();
    }

    /** The raw values behind the JSON, in hexadecimal digits. */
    String raw() {
      int length = Integer.parseInt(header(JSON_LENGTH));
      return HexFormat.of().formatHex(body(), length, body().length);
    }
  }

  Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  Answer post(String path, String json, String... headers) throws Exception {
    return post(path, json.getBytes(StandardCharsets.UTF_8), headers);
  }

  Answer post(String path, byte[] body, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** JSON and raw values behind it. */
  Answer binary(String path, String json, String hex) throws Exception {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(header);
    body.writeBytes(HexFormat.of().parseHex(hex));
    return post(path, body.toByteArray(), JSON_LENGTH, Integer.toString(header.length));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LONGEST);
  }

  private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    byte[] body = response.body();
    Map<String, List<String>> headers = response.headers().map();
    boolean raw = headers.keySet().stream().anyMatch(JSON_LENGTH::equalsIgnoreCase);
    byte[] json = raw
        ? Arrays.copyOf(
            body, Integer.parseInt(response.headers().firstValue(JSON_LENGTH).orElseThrow()))
        : body;
    contract.require(new Contract.Answered(
        response.request().method(),
        response.uri().getRawPath().replaceFirst("/$", ""),
        response.statusCode(),
        response.headers().firstValue("Content-Type").orElse(""),
        // The validator knows JSON alone, which has no names for these.
        new String(json, StandardCharsets.UTF_8).replaceAll("NaN|-?Infinity", "0")));
    return new Answer(response.statusCode(), tree(json), response);
  }

  /** NaN and infinity are read by name, as Python's clients do. */
  private static JsonNode tree(byte[] json) throws IOException {
    return new ObjectMapper()
        .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature())
        .readTree(json);
  }
}
