package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import lapidary.cli.console.ExitCode;
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
    Files.writeString(house.resolve("cli/pom.xml"), "<project/>");
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
        "env",
        "mv",
        "paste",
        "flock")) {
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

  @Test
  void aJavaThatDoesNotStartGetsAPlainSentence() throws Exception {
    script("java", "echo 'Error: could not open libjvm.so' >&2; exit 1");
    assertRefused(Map.of(), "does not say its version");
  }

  @Test
  void optionsThatJavaDoesNotTakeGetAPlainSentence() throws Exception {
    built();
    assertRefused(
        Map.of("LAPIDARY_JAVA_OPTS", "-Xbad -Xmx1g"),
        "does not start: Unrecognized option: -Xbad Error: no virtual machine; correct or unset"
            + " LAPIDARY_JAVA_OPTS");
    assertThat(ran(Map.of("LAPIDARY_JAVA_OPTS", "-Xmx1g"))).contains(" -Xmx1g ");
  }

  @Test
  void aPlaceThatCannotBeBuiltInGetsAPlainSentence() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script("javac", "exit 0");
    script("mvn", "echo 'never comes to this' >&2; exit 1");
    Files.writeString(house.resolve("cli/target"), "not a folder, whoever asks");
    assertRefused(Map.of(), "nothing can be written to", "make room there and allow it");
  }

  @Test
  void aHomeWhereNothingCanBeKeptGetsTheBuildsReason() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script("javac", "exit 0");
    script("mvn", "echo '[ERROR] cannot create local repository at: /nowhere/.m2'; exit 1");
    assertRefused(Map.of(), "/nowhere/.m2", "It takes 1 GB in the home folder");
  }

  @Test
  void aFailedBuildWithoutALogIsStillTheMachines() throws Exception {
    script("java", "echo 'openjdk version \"21.0.2\" 2024-01-16' >&2");
    script("javac", "exit 0");
    script("mvn", "rm -f \"$0\" " + house.resolve("cli/target/launch/build.log") + "; exit 1");
    assertRefused(Map.of(), "the build failed");
  }

  @Test
  void whatIsBuiltRunsWhereNothingCanBeWritten() throws Exception {
    built();
    Files.writeString(house.resolve("cli/target/launch"), "not a folder, whoever asks");
    assertThat(ran(Map.of())).contains("lapidary.cli.Main devices").doesNotContain("jsa");
    assertThat(calls()).as("no archive is made in vain").containsExactly("-version", "run");
  }

  @Test
  void whatIsBuiltRunsOnAFullOrReadOnlyDisk() throws Exception {
    FullDisk disk = FullDisk.mount(house.resolve("cli/target"), 64);
    assumeTrue(disk != null, "only root may mount a disk here, and only on Linux");
    try (disk) {
      built();
      disk.fill();
      assertThat(ran(Map.of())).contains("lapidary.cli.Main devices").doesNotContain("jsa");
      disk.readOnly();
      assertThat(ran(Map.of())).contains("lapidary.cli.Main devices").doesNotContain("jsa");
    }
  }

  @Test
  void theArchiveOfClassesIsMadeOnceAndWhole() throws Exception {
    built();
    assertThat(ran(Map.of())).contains("classes-21.jsa");
    assertThat(ran(Map.of())).contains("classes-21.jsa");
    assertThat(calls()).containsExactly("-version", "list", "archive", "run", "run");
    assertThat(house.resolve("cli/target/launch/classes-21.jsa")).hasContent("archive\n");
    assertThat(house.resolve("cli/target/launch"))
        .as("nothing is left behind")
        .isDirectoryNotContaining("glob:**.list");
  }

  @Test
  void serversHaveAnArchiveOfTheirOwnMadeByACheck() throws Exception {
    built();
    assertThat(ran(Map.of(), "serve", "--model", "nn.onnx"))
        .contains("serve-21.jsa", "lapidary.cli.Main serve --model nn.onnx")
        .doesNotContain("--check");
    assertThat(ran(Map.of(), "serve", "--model", "nn.onnx")).contains("serve-21.jsa");
    assertThat(ran(Map.of(), "serve", "--help")).contains("classes-21.jsa");
    assertThat(calls())
        .containsExactly("-version", "list", "archive", "run", "run", "list", "archive", "run");
    assertThat(Files.readString(house.resolve("archived")))
        .contains("serve --model nn.onnx --check\n", "devices\n");
  }

  @Test
  void whatCannotBeServedIsSaidByTheRunAlone() throws Exception {
    built();
    assertThat(ran(Map.of(), "serve", "--model", "damaged.onnx"))
        .contains("classes-21.jsa", "lapidary.cli.Main serve --model damaged.onnx");
  }

  @Test
  void aLibraryThatIsGoneIsFetchedAgain() throws Exception {
    built();
    script("javac", "exit 0");
    script("mvn", "echo '[ERROR] would fetch it'; exit 1");
    Files.delete(house.resolve("library.jar"));
    assertRefused(Map.of(), "would fetch it");
  }

  @Test
  void theFolderOfTemporaryFilesIsTheUsers() throws Exception {
    built();
    assertThat(ran(Map.of("TMPDIR", "/some where"))).contains("-Djava.io.tmpdir=/some where ");
    assertThat(ran(Map.of())).doesNotContain("tmpdir");
  }

  /** A house that looks built, and a Java that notes what it is asked for. */
  private void built() throws IOException {
    script("java", """
        case "$*" in
          *-Xbad*) echo 'Unrecognized option: -Xbad'; echo 'Error: no virtual machine'; exit 1 ;;
        esac
        case "$*" in
          *-version) echo -version >> %1$s; echo 'openjdk version "21.0.2" 2024-01-16' >&2 ;;
          *-XX:DumpLoadedClassList=*damaged*) exit 2 ;;
          *-XX:DumpLoadedClassList=*)
            echo list >> %1$s
            all=$*
            echo "${all#*lapidary.cli.Main }" >> %2$s
            file=${all#*-XX:DumpLoadedClassList=}
            echo list > "${file%%%% *}" ;;
          *-Xshare:dump*)
            echo archive >> %1$s
            all=$*
            file=${all#*-XX:SharedArchiveFile=}
            echo archive > "${file%%%% *}" ;;
          *) echo run >> %1$s; echo "java $*" ;;
        esac
        """.formatted(house.resolve("calls"), house.resolve("archived")));
    Path target = Files.createDirectories(house.resolve("cli/target"));
    Files.writeString(house.resolve("library.jar"), "");
    Files.writeString(target.resolve("lapidary-cli.jar"), "");
    Files.writeString(target.resolve("classpath"), house.resolve("library.jar").toString());
    Instant now = Instant.now();
    for (String source : List.of("pom.xml", "cli/pom.xml", "cli/src/main")) {
      Files.setLastModifiedTime(house.resolve(source), FileTime.from(now.minusSeconds(20)));
    }
    Files.setLastModifiedTime(target.resolve("classpath"), FileTime.from(now.minusSeconds(10)));
  }

  private List<String> calls() throws IOException {
    return Files.readAllLines(house.resolve("calls"));
  }

  private String ran(Map<String, String> environment) throws Exception {
    return ran(environment, "devices");
  }

  private String ran(Map<String, String> environment, String... command) throws Exception {
    Cli.Run run = launch(environment, command);
    assertThat(run.code()).as(run.out()).isZero();
    assertThat(run.out().lines()).hasSize(1);
    return run.out();
  }

  private void assertRefused(Map<String, String> environment, String... words) throws Exception {
    Cli.Run run = launch(environment, "devices");
    assertThat(run.code()).as(run.out()).isEqualTo(ExitCode.ENVIRONMENT);
    assertThat(run.out()).contains(words).contains("lapidary: ");
  }

  private Cli.Run launch(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("/bin/bash", house.resolve("lapidary").toString());
    builder.command().addAll(List.of(command));
    builder.redirectErrorStream(true);
    Map<String, String> variables = new TreeMap<>(environment);
    variables.put("PATH", tools.toString());
    builder.environment().clear();
    builder.environment().putAll(variables);
    Process process = builder.start();
    String output = new String(
        process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    return new Cli.Run(process.exitValue(), output, "");
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
