package lapidary.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import lapidary.models.InvalidInputException;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** How {@code serve} is watched, as its options say. */
final class ObservedServingTest {
  @TempDir
  Path folder;

  private final StringWriter printed = new StringWriter();

  private Serving serving(Object... options) {
    ObservationOptions asked = new ObservationOptions();
    String[] words = new String[options.length];
    for (int i = 0; i < words.length; i++) {
      words[i] = String.valueOf(options[i]);
    }
    new CommandLine(asked).parseArgs(words);
    return Serving.start(new ServingPlan(
        Content.home(folder),
        ModelOptions.of(Device.cpu(1)),
        ServerOptions.loopback(0),
        OptionalInt.empty(),
        asked.observation(new PrintWriter(printed, true))));
  }

  @Test
  void metricsAreAnsweredBesideTheRest() throws Exception {
    try (Serving serving = serving()) {
      assertThat(serving.metricsPort()).isEqualTo(serving.port());
      assertThat(get(serving.port(), "/metrics").body()).contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void orAtAPortOfTheirOwnAndNowhereElse() throws Exception {
    try (Serving serving = serving("--metrics-port", 0)) {
      assertThat(serving.metricsPort()).isNotEqualTo(serving.port());
      assertThat(get(serving.metricsPort(), "/metrics").body()).contains("jvm_memory_used_bytes");
      assertThat(get(serving.metricsPort(), "/v1/collections").statusCode()).isEqualTo(404);
      assertThat(get(serving.port(), "/metrics").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void requestsAreLoggedToAFileOrPrinted() throws Exception {
    Path file = folder.resolve("access.log");
    try (Serving serving = serving("--access-log", file)) {
      get(serving.port(), "/v1/collections");
    }
    assertThat(Files.readAllLines(file))
        .singleElement()
        .satisfies(
            line -> assertThat(line).contains("\"path\":\"/v1/collections\",", "\"status\":200,"));
    assertThat(printed.toString()).isEmpty();
    try (Serving serving = serving("--access-log")) {
      get(serving.port(), "/v1/nothing");
      await(() -> printed.toString().contains("\"path\":\"/v1/nothing\","));
    }
  }

  @Test
  void whatCannotBeWrittenOrListenedAtIsSaid() {
    assertThatThrownBy(() -> serving("--access-log", folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.toString());
    assertThatThrownBy(() -> serving("--metrics-port", 65_536))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--metrics-port 65536 is out of range; give 0 to 65535");
  }

  private static HttpResponse<String> get(int port, String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static void await(Callable<Boolean> done) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    while (!done.call() && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
    assertThat(done.call()).isTrue();
  }
}
