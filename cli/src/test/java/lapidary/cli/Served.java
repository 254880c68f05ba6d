package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A collection that another process serves, until this is closed. */
final class Served implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final String address;

  private Served(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  static Served start(Path collection) throws IOException {
    Process process = Command.of(
            List.of(), List.of("serve", "--collection", collection, "--port", 0, "--json"))
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    JsonNode said = new ObjectMapper().readTree(process.inputReader());
    assertThat(said.path("url").asText()).as("the server says where it is").isNotEmpty();
    return new Served(
        process,
        said.get("url").asText() + "/v1/collections/" + collection.getFileName().toString());
  }

  private JsonNode info() throws Exception {
    return new ObjectMapper().readTree(send("", "GET", BodyPublishers.noBody()).body());
  }

  int count() throws Exception {
    return info().get("count").asInt();
  }

  /** Waits until it has seen what others committed. */
  void awaitCount(int count) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (count() != count && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    assertThat(count()).isEqualTo(count);
  }

  /** Gives the status. */
  int put(String id) throws Exception {
    String zeros = "0,".repeat(info().at("/model/width").asInt() - 1);
    String item = "{\"vector\":[" + zeros + "1]}";
    return send("/items/" + id, "PUT", BodyPublishers.ofString(item)).statusCode();
  }

  /** The answer, which has to be one. */
  String similar(String id) throws Exception {
    HttpResponse<String> answer =
        send("/search", "POST", BodyPublishers.ofString("{\"id\":\"" + id + "\"}"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return answer.body();
  }

  private HttpResponse<String> send(String path, String method, HttpRequest.BodyPublisher body)
      throws Exception {
    return http.send(
        HttpRequest.newBuilder(URI.create(address + path))
            .header("Content-Type", "application/json")
            .method(method, body)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
