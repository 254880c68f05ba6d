package lapidary.exporter.trace.operators;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A version of ONNX Runtime, given as its jar. */
record OlderRuntime(Path jar) {
  /**
   * What became of a file.
   *
   * @param kind one of {@link RuntimeProcess}
   * @param detail by how much it is wrong, or why it is refused
   */
  record Verdict(String kind, String detail) {
    boolean isRight() {
      return kind.equals(RuntimeProcess.RIGHT);
    }

    /** For readers: of a difference its size, of an error what no machine has for itself. */
    String sentence() {
      if (isRight()) {
        return "as DJL";
      }
      return kind.equals(RuntimeProcess.WRONG)
          ? "differs by " + size(Double.parseDouble(detail))
          : "not run: " + detail.replaceAll("^Error code - \\S+ - message: | (node|\\().*", "");
    }

    private static String size(double difference) {
      return Double.isFinite(difference)
          ? "about 1e" + Math.round(Math.log10(difference))
          : "its shape, or NaN and infinities";
    }
  }

  private static final Verdict DEADLY = new Verdict(RuntimeProcess.REFUSED, "it ends the process");
  private static final long MINUTES = 10;

  /** All of a folder, by version. */
  static List<OlderRuntime> in(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".jar"))
          .sorted()
          .map(OlderRuntime::new)
          .toList();
    }
  }

  String version() {
    return jar.getFileName().toString().replaceAll("^onnxruntime-|\\.jar$", "");
  }

  /** Runs all kept files of a folder; goes on behind one that ends the process. */
  Map<String, Verdict> run(Path folder) throws IOException, InterruptedException {
    Path results = Files.createTempFile(folder, version(), ".results");
    start(folder, results);
    for (String lines = Files.readString(results);
        !isWhole(lines);
        lines = Files.readString(results)) {
      Files.writeString(results, lines + DEADLY.kind() + '\t' + DEADLY.detail() + '\n');
      start(folder, results);
    }
    return verdicts(results);
  }

  private static boolean isWhole(String lines) {
    return lines.isEmpty() || lines.endsWith("\n");
  }

  private void start(Path folder, Path results) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            jar + File.pathSeparator + classes(),
            RuntimeProcess.class.getName(),
            folder.toString(),
            results.toString())
        .inheritIO()
        .start();
    if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new IllegalStateException(
          "ONNX Runtime " + version() + " has not run the files in " + MINUTES + " minutes");
    }
  }

  private static Path classes() {
    try {
      return Path.of(RuntimeProcess.class
          .getProtectionDomain()
          .getCodeSource()
          .getLocation()
          .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("a folder of classes has an address", e);
    }
  }

  private static Map<String, Verdict> verdicts(Path results) throws IOException {
    return Files.readAllLines(results).stream()
        .map(line -> line.split("\t", 3))
        .collect(Collectors.toMap(
            parts -> parts[0],
            parts -> new Verdict(parts[1], parts[2]),
            (first, second) -> second,
            LinkedHashMap::new));
  }
}
