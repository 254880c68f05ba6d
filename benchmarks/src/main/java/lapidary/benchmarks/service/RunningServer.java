package lapidary.benchmarks.service;

import static com.fasterxml.jackson.core.JsonParser.Feature.AUTO_CLOSE_SOURCE;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A service in a process of its own, started by a command that prints one JSON document with the field {@code url}. */
final class RunningServer implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final String READY = "/v2/health/ready";

  private final Process process;
  private final BufferedReader said;
  private final JsonNode document;
  private final double readySeconds;

  private RunningServer(
      Process process, BufferedReader said, JsonNode document, double readySeconds) {
    this.process = process;
    this.said = said;
    this.document = document;
    this.readySeconds = readySeconds;
  }

  /** Starts it and waits until it is ready. */
  static RunningServer start(List<String> command) throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    BufferedReader said = process.inputReader();
    try {
      JsonNode document = document(said);
      awaitReady(URI.create(document.path("url").asText() + READY), start);
      return new RunningServer(process, said, document, (System.nanoTime() - start) / 1e9);
    } catch (IOException | RuntimeException | InterruptedException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static JsonNode document(BufferedReader said) throws IOException {
    // A value of a sequence, so that what comes after it is not waited for.
    try (MappingIterator<JsonNode> values =
        new JsonMapper().readerFor(JsonNode.class).without(AUTO_CLOSE_SOURCE).readValues(said)) {
      return values.next();
    } catch (JacksonException | NoSuchElementException e) {
      throw new IllegalArgumentException(
          "the command printed no JSON document; give serve with --json --port 0", e);
    }
  }

  private static void awaitReady(URI probe, long start) throws InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request = HttpRequest.newBuilder(probe).build();
    while (!ready(client, request)) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new IllegalStateException(probe + " is not ready after " + DEADLINE);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private static boolean ready(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** Where it answers, without a slash at the end. */
  String url() {
    return document.path("url").asText();
  }

  /** A field of what it printed. */
  JsonNode said(String field) {
    return document.path(field);
  }

  /** From the start of the process until it was ready. */
  double readySeconds() {
    return readySeconds;
  }

  /** Memory of the process and its children that is resident now, MiB; Linux. */
  double resident() throws IOException {
    return processes().mapToDouble(RunningServer::resident).sum();
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static double resident(ProcessHandle handle) {
    try (Stream<String> lines = Files.lines(Path.of("/proc", "" + handle.pid(), "status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
          .sum();
    } catch (IOException e) {
      // It has ended meanwhile.
      return 0;
    }
  }

  boolean alive() {
    return process.isAlive();
  }

  /** Ends it as an orchestrator would, then at once. */
  @Override
  public void close() throws IOException {
    List<ProcessHandle> all = processes().toList();
    all.forEach(ProcessHandle::destroy);
    try {
      if (!process.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
      }
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
    said.close();
  }
}
