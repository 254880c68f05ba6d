package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Negative controls of the build's gates: each is broken on purpose in a copy of the house, and Maven must refuse. */
final class GatesTest {
  private static final Map<String, String> WALLS = Map.of(
      "models", "models knows no engine",
      "trainer", "trainer never sees ONNX Runtime",
      "runtime", "runtime never sees DJL",
      "exporter", "exporter never sees trainer nor a DJL engine",
      "embeddings-search", "embeddings-search never sees DJL");
  private static final Map<String, String> INTRUDERS = Map.of(
      "models", "com.google.protobuf:protobuf-java",
      "trainer", "com.google.protobuf:protobuf-java",
      "runtime", "ai.djl:api",
      "exporter", "ai.djl.pytorch:pytorch-engine",
      "embeddings-search", "ai.djl:api");

  @TempDir
  Path house;

  @BeforeAll
  static void onlyUnderMaven() {
    assumeTrue(
        System.getProperty("maven.home") != null, "gates are checked when Maven runs the tests");
  }

  @Test
  void everyRoomRefusesALibraryItMustNotSee() throws Exception {
    copyPoms();
    for (Map.Entry<String, String> intruder : INTRUDERS.entrySet()) {
      letIn(intruder.getValue(), house.resolve(intruder.getKey()).resolve("pom.xml"));
    }
    String output = maven(house, "--fail-at-end", "validate");
    WALLS.forEach((room, message) -> assertThat(output).as(room).contains(message));
  }

  /** Whoever takes lapidary-runtime gets 54 MB of ONNX Runtime, not 642, unless the program says so. */
  @Test
  void theRuntimeRefusesTheLargeOnnxRuntime() throws Exception {
    copyPoms();
    letIn("com.microsoft.onnxruntime:onnxruntime_gpu", house.resolve("runtime/pom.xml"));
    assertThat(maven(house.resolve("runtime"), "validate"))
        .contains("runtime brings the small ONNX Runtime");
  }

  @Test
  void theCommandLineHasOneOnnxRuntime() throws IOException {
    // Two would be the CPU build or the GPU build by the order of the class path.
    assertThat(Collections.list(
            getClass().getClassLoader().getResources("ai/onnxruntime/OrtEnvironment.class")))
        .hasSize(1);
  }

  @Test
  void badFormattingIsRefused() throws Exception {
    copyPoms();
    write("Bad", "int  x;");
    assertThat(maven(house.resolve("models"), "process-sources"))
        .contains("format violations")
        .contains("Bad.java");
  }

  @Test
  void aWarningIsRefused() throws Exception {
    copyPoms();
    write("Raw", "java.util.List<String> of() {\n    return new java.util.ArrayList();\n  }");
    assertThat(maven(house.resolve("models"), "compile").lines())
        .anyMatch(refusal("Raw", "found raw type"));
  }

  @Test
  void aPossibleNullAMistakeAndTheUsersLanguageAreRefused() throws Exception {
    copyPoms();
    Files.writeString(sources().resolve("package-info.java"), """
        @NullMarked
        package lapidary.models;

        import org.jspecify.annotations.NullMarked;
        """);
    write("Null", "String of() {\n    return null;\n  }");
    write("Unequal", "boolean of(String a) {\n    return a.equals(3);\n  }");
    write("Format", "String of(double a) {\n    return String.format(\"%.1f\", a);\n  }");
    write("Formatted", "String of(double a) {\n    return \"%.1f\".formatted(a);\n  }");
    write("Print", "void of(java.io.PrintWriter a, int b) {\n    a.printf(\"%d%n\", b);\n  }");
    write("Lower", "String of(String a) {\n    return a.toLowerCase();\n  }");
    assertThat(maven(house.resolve("models"), "compile").lines())
        .anyMatch(refusal("Null", "[NullAway]"))
        .anyMatch(refusal("Unequal", "[EqualsIncompatibleType]"))
        .anyMatch(refusal("Format", "[DefaultLocale]"))
        .anyMatch(refusal("Formatted", "[DefaultLocale]"))
        .anyMatch(refusal("Print", "[DefaultLocale]"))
        .anyMatch(refusal("Lower", "[StringCaseLocaleUsage]"));
  }

  private static Predicate<String> refusal(String type, String words) {
    return line -> line.contains("/" + type + ".java:") && line.contains(words);
  }

  private Path sources() throws IOException {
    return Files.createDirectories(house.resolve("models/src/main/java/lapidary/models"));
  }

  private void write(String type, String member) throws IOException {
    Files.writeString(
        sources().resolve(type + ".java"),
        "package lapidary.models;\n\nfinal class " + type + " {\n  " + member + "\n}\n");
  }

  private static void letIn(String library, Path pom) throws IOException {
    String[] name = library.split(":", -1);
    String dependency =
        "<dependency><groupId>" + name[0] + "</groupId><artifactId>" + name[1] + "</artifactId>";
    String text = Files.readString(pom)
        // Rooms stand alone here, so that one that fails does not keep Maven from looking at the
        // next.
        .replaceAll("<dependency><groupId>io.github.lapidary</groupId>.*</dependency>", "")
        // Declared for tests already: a second declaration would only be warned about.
        .replace(dependency + "<scope>test</scope></dependency>", "");
    Files.writeString(
        pom, text.replaceFirst("<dependencies>", "<dependencies>" + dependency + "</dependency>"));
  }

  private void copyPoms() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<String> folders = new ArrayList<>(WALLS.keySet());
    folders.addAll(List.of("cli", "benchmarks"));
    Files.copy(root.resolve("pom.xml"), house.resolve("pom.xml"));
    Files.createDirectories(house.resolve(".mvn"));
    Files.copy(root.resolve(".mvn/jvm.config"), house.resolve(".mvn/jvm.config"));
    for (String folder : folders) {
      Files.createDirectories(house.resolve(folder));
      Files.copy(root.resolve(folder).resolve("pom.xml"), house.resolve(folder).resolve("pom.xml"));
    }
  }

  /** Runs Maven offline, expects it to fail, and gives what it printed. */
  private static String maven(Path folder, String... goals) throws Exception {
    Path log = Files.createTempFile("gate", ".log");
    try {
      List<String> command = new ArrayList<>(
          List.of(Path.of(System.getProperty("maven.home"), "bin", "mvn").toString(), "-B", "-o"));
      command.addAll(List.of(goals));
      ProcessBuilder builder = new ProcessBuilder(command)
          .directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(log.toFile());
      builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
      Process process = builder.start();
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).as("Maven ended").isTrue();
      String output = Files.readString(log);
      assertThat(process.exitValue()).as(output).isNotZero();
      return output;
    } finally {
      Files.delete(log);
    }
  }
}
