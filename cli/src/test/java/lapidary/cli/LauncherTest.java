package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says on a machine that lacks something. */
@EnabledIf(
    value = "bashIsThere",
    disabledReason = "the launcher is a bash script, and there is no bash")
final class LauncherTest {
  @TempDir
  Path house;

  private Path tools;

  static boolean bashIsThere() {
    return Files.isExecutable(Path.of("/bin/bash"));
  }

  @BeforeEach
  void copyTheLauncherIntoAnEmptyHouse() throws IOException {
    Files.copy(Path.of("").toAbsolutePath().resolveSibling("lapidary"), house.resolve("lapidary"));
    Files.writeString(house.resolve("pom.xml"), "<project/>");
    Files.createDirectories(house.resolve("cli/src/main"));
    tools = Files.createDirectories(house.resolve("tools"));
    for (String tool : List.of(
        "dirname",
        "readlink",
        "stat",
        "sed",
        "head",
        "mkdir",
        "find",
        "cat",
        "rm",
        "grep",
        "tail",
        "env")) {
      Files.createSymbolicLink(tools.resolve(tool), where(tool));
    }
  }

  @Test
  void noJavaGetsAPlainSentence() throws Exception {
    assertRefused(
        Map.of(),
        "no java found; install a JDK 17 or newer and put it on the PATH, or set JAVA_HOME.");
  }

  @Test
  void aJavaHomeWithoutJavaGetsAPlainSentence() throws Exception {
    assertRefused(
        Map.of("JAVA_HOME", house.toString()),
        "but there is no bin/java in it; point it at a JDK 17 or newer.");
  }

  @Test
  void aTooOldJavaGetsAPlainSentence() throws Exception {
    script("java", "echo 'openjdk version \"11.0.22\" 2024-01-16' >&2");
    assertRefused(Map.of(), "is Java 11; Lapidary needs 17 or newer.");
    script("java", "echo 'java version \"1.8.0_402\"' >&2");
    assertRefused(Map.of(), "is Java 8; Lapidary needs 17 or newer.");
  }

  @Test
  void aMissingMavenGetsAPlainSentence() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    assertRefused(
        Map.of(),
        "no mvn found, and the program is not built yet; install Apache Maven 3.8.1 or newer.");
  }

  @Test
  void aRuntimeWithoutACompilerGetsAPlainSentence() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script("mvn", "exit 0");
    assertRefused(Map.of(), "belongs to a JRE; building needs a JDK 17 or newer with javac.");
  }

  @Test
  void aFailedBuildShowsItsErrorsAndNamesTheLog() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script("javac", "exit 0");
    script("mvn", "echo '[ERROR] no such symbol'; exit 1");
    assertRefused(Map.of(), "[ERROR] no such symbol", "the build failed; the whole log is in");
  }

  private void assertRefused(Map<String, String> environment, String... words) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(
            "/bin/bash", house.resolve("lapidary").toString(), "devices")
        .redirectErrorStream(true);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("PATH", tools.toString());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(output).contains(words).contains("lapidary: ");
  }

  private void script(String name, String body) throws IOException {
    Path file = tools.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path where(String tool) {
    Path inBin = Path.of("/bin", tool);
    return Files.exists(inBin) ? inBin : Path.of("/usr/bin", tool);
  }
}
