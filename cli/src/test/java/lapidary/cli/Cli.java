package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.console.Output;

/** Runs commands in this process and keeps what they print. */
final class Cli {
  private Cli() {}

  /** What one command did. */
  record Run(int code, String out, String err) {
    JsonNode json() {
      assertThat(code).as(err).isZero();
      try {
        return new ObjectMapper().readTree(out);
      } catch (JsonProcessingException e) {
        throw new AssertionError("not one JSON document: " + out, e);
      }
    }
  }

  static Run run(Object... arguments) {
    return run(System.getenv(), arguments);
  }

  static Run run(Map<String, String> environment, Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Console console =
        new Console(Output.to(new PrintWriter(out)), new PrintWriter(err), environment);
    int code =
        Main.run(console, Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    return new Run(code, out.toString(), err.toString());
  }

  static JsonNode json(Object... arguments) {
    List<Object> withJson = new ArrayList<>(Arrays.asList(arguments));
    withJson.add("--json");
    return run(withJson.toArray()).json();
  }
}
