package lapidary.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads its surroundings from and writes to.
 *
 * @param out answers: text for people, or one JSON document
 * @param err progress and errors
 * @param environment the process environment
 */
record Console(PrintWriter out, PrintWriter err, Map<String, String> environment) {
  Console {
    environment = Map.copyOf(environment);
  }

  static Console system() {
    return new Console(
        new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
        System.getenv());
  }
}
