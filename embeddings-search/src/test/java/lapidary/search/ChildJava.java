package lapidary.search;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests in a process of its own. */
public final class ChildJava {
  private ChildJava() {}

  /** The program, ready to be started. */
  public static ProcessBuilder of(Class<?> main, Object... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Djava.awt.headless=true",
        "-cp",
        System.getProperty("java.class.path"),
        main.getName()));
    if (Runtime.version().feature() >= 24) {
      // Else Java itself has a warning to say, before the program says anything.
      command.add(1, "--enable-native-access=ALL-UNNAMED");
    }
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command);
  }
}
