package lapidary.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A program of the tests in a process of its own. */
public final class JavaProcess {
  private JavaProcess() {}

  /** The program's command, ready to be started in {@code folder}. */
  public static ProcessBuilder of(Class<?> main, Path folder, String... arguments) {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Doffline=true",
        "-DOPT_OUT_TRACKING=true",
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
        main.getName()));
    if (Runtime.version().feature() >= 24) {
      command.add(1, "--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(folder.toFile());
  }
}
