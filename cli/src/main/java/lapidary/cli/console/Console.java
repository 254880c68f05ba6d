package lapidary.cli.console;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where a command reads its surroundings from and writes to.
 *
 * @param output answers: text for people, or one JSON document
 * @param err progress and errors
 * @param environment the process environment
 */
public record Console(Output output, PrintWriter err, Map<String, String> environment) {
  public Console {
    environment = Map.copyOf(environment);
  }

  /** The process's own. Not System.out, which keeps to itself what the system says. */
  public static Console system() {
    return new Console(
        Output.to(new FileOutputStream(FileDescriptor.out)),
        new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
        System.getenv());
  }

  /** What answers are printed to. */
  public PrintWriter out() {
    return output.writer();
  }
}
