package lapidary.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
