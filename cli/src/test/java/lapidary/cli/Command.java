package lapidary.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts commands in processes of their own. */
final class Command {
  private Command() {}

  /** A command whose words nobody hears. */
  static Process start(List<Object> arguments) throws IOException {
    return of(List.of(), arguments)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static Process start(Object... arguments) throws IOException {
    return start(Arrays.asList(arguments));
  }

  /** A command in a Java of further options, which is not started yet. */
  static ProcessBuilder of(List<String> options, List<Object> arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Doffline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
    command.addAll(options);
    command.add(Main.class.getName());
    arguments.forEach(argument -> command.add(argument.toString()));
    return new ProcessBuilder(command);
  }
}
