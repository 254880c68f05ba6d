package lapidary.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.Test;

final class ServingTest {
  private final List<String> closed = new ArrayList<>();

  private AutoCloseable resource(String name) {
    return () -> closed.add(name);
  }

  private AutoCloseable failing(String name, Exception failure) {
    return () -> {
      closed.add(name);
      throw failure;
    };
  }

  @Test
  void closesEverythingInReverseAndOnce() {
    Serving serving = new Serving();
    serving.own(resource("model"));
    serving.own(resource("collection"));
    serving.own(resource("server"));
    serving.close();
    serving.close();
    assertThat(closed).containsExactly("server", "collection", "model");
  }

  @Test
  void aFailureToCloseLeavesNothingElseOpen() {
    Exception first = new IOException("the disk is gone");
    Exception second = new IllegalStateException("in use");
    Serving serving = new Serving();
    serving.own(resource("model"));
    serving.own(failing("collection", second));
    serving.own(resource("index"));
    serving.own(failing("server", first));
    assertThatThrownBy(serving::close)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the disk is gone")
        .hasCause(first)
        .satisfies(thrown -> assertThat(thrown.getSuppressed()).containsExactly(second));
    assertThat(closed).containsExactly("server", "index", "collection", "model");
    assertThatCode(serving::close).as("once").doesNotThrowAnyException();
  }

  /** Its page tells how to get something. */
  @Test
  void withNothingToServeItStartsAndAnswers() throws Exception {
    Content nothing = new Content(
        List.of(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
    try (Serving serving = Serving.start(ServingPlan.of(nothing, ServerOptions.loopback(0)))) {
      assertThat(get(serving, "/v1/collections")).isEqualTo("{\"collections\":[]}");
      assertThat(get(serving, "/v1/models")).isEqualTo("{\"models\":[]}");
      assertThat(get(serving, "/")).contains("<title>Lapidary");
      assertThat(serving.warnings()).isEmpty();
    }
  }

  private static String get(Serving serving, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + serving.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  /** Why it did not start is what a person has to read, whatever else happens on the way back. */
  @Test
  void whyItDidNotStartIsSaid() {
    Content nothing = Content.collection(Path.of("no", "such", "collection"));
    Serving serving = new Serving();
    Exception second = new IllegalStateException("in use");
    serving.own(failing("model", second));
    assertThatThrownBy(() -> serving.opened(ServingPlan.of(nothing, ServerOptions.loopback(0))))
        .isInstanceOf(InvalidInputException.class)
        .satisfies(thrown -> assertThat(thrown.getSuppressed())
            .singleElement()
            .satisfies(other -> assertThat(other).hasCause(second)));
    assertThat(closed).containsExactly("model");
  }
}
