package lapidary.search.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Talks to a server as any client would. */
final class Client {
  private static final String BOUNDARY = "----boundary-of-a-test";

  /** No test waits for ever: a request without an answer fails, and says so. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Client(int port) {
    this.port = port;
  }

  /** An answer. */
  record Answer(int status, String text, HttpResponse<String> response) {
    JsonNode json() {
      try {
        return new ObjectMapper().readTree(text);
      } catch (IOException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
    }

    String error() {
      return json().path("error").asText();
    }

    String ids() {
      StringBuilder ids = new StringBuilder();
      json().path("hits").forEach(hit -> ids.append(hit.path("id").asText()).append(' '));
      return ids.toString().strip();
    }

    /** Whatever a test is after, the answer has to be one that the OpenAPI document tells of. */
    private static Answer of(HttpResponse<String> response) {
      Contract.OF_SERVER.require(response);
      return new Answer(response.statusCode(), response.body(), response);
    }
  }

  Answer get(String path) throws Exception {
    return send(request(path).GET());
  }

  Answer delete(String path) throws Exception {
    return send(request(path).DELETE());
  }

  Answer post(String path, String json) throws Exception {
    return send(jsonRequest("POST", path, json));
  }

  Answer put(String path, String json) throws Exception {
    return send(jsonRequest("PUT", path, json));
  }

  Answer upload(String method, String path, byte[] image, Map<String, String> fields)
      throws Exception {
    return send(form(method, path, image, fields));
  }

  CompletableFuture<Answer> uploading(String path, byte[] image) {
    return http.sendAsync(
            form("POST", path, image, Map.of()).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  /** The same, within so many milliseconds as far as the client waits. */
  CompletableFuture<Answer> uploading(String path, byte[] image, int milliseconds) {
    HttpRequest request = form("POST", path, image, Map.of())
        .header("X-Envoy-Expected-Rq-Timeout-Ms", Integer.toString(milliseconds))
        .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Answer::of);
  }

  /** Sends a form with the headers that a browser adds for a page of that origin. */
  int statusOfUploadFrom(String origin, String path, byte[] image) throws Exception {
    return send(form("POST", path, image, Map.of()).header("Origin", origin)).status();
  }

  CompletableFuture<Answer> posting(String path, String json) {
    return http.sendAsync(
            jsonRequest("POST", path, json).build(), HttpResponse.BodyHandlers.ofString())
        .thenApply(Answer::of);
  }

  /** Posts nothing to a server that need not be one of this document. */
  static CompletableFuture<Integer> statusOfPosting(String address) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(address))
        .timeout(LONGEST)
        .POST(BodyPublishers.noBody())
        .build();
    return HttpClient.newHttpClient()
        .sendAsync(request, HttpResponse.BodyHandlers.discarding())
        .thenApply(HttpResponse::statusCode);
  }

  Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return Answer.of(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LONGEST);
  }

  private HttpRequest.Builder jsonRequest(String method, String path, String json) {
    return request(path)
        .method(method, BodyPublishers.ofString(json))
        .header("Content-Type", "application/json; charset=utf-8");
  }

  private HttpRequest.Builder form(
      String method, String path, byte[] image, Map<String, String> fields) {
    BodyPublisher body = BodyPublishers.ofByteArray(multipart(image, fields));
    return request(path)
        .method(method, body)
        .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
  }

  private static byte[] multipart(byte[] image, Map<String, String> fields) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    fields.forEach((name, value) -> write(out, name, "", value.getBytes(StandardCharsets.UTF_8)));
    write(out, "image", "; filename=\"query.png\"", image);
    out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String name, String more, byte[] content) {
    String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + name + "\""
        + more + "\r\n\r\n";
    out.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(content);
    out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
  }
}
