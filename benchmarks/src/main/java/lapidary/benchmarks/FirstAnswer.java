package lapidary.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.device.Device;

/**
 * How long a process that did nothing before takes to its first answer, counted from its {@code main} on and from its start on: opens a
 * classifier, decodes a picture and runs it. Arguments: the model's file, a picture, how many processes, and the jars that such a
 * program has on its class path. Processes with and without an archive of their classes take turns; the archive is made first, by the
 * program itself. Medians count.
 */
public final class FirstAnswer {
  private static final List<String> FLAGS =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-Xlog:disable");

  private FirstAnswer() {}

  /** Such a program. */
  public static final class Program {
    private Program() {}

    /** Arguments: the model's file and a picture. */
    public static void main(String[] arguments) {
      long start = System.nanoTime();
      try (ImageClassifier classifier =
          ImageClassifier.open(Path.of(arguments[0]), Device.cpu(1))) {
        String label = classifier.classify(Path.of(arguments[1]), 1).get(0).label();
        long end = System.nanoTime();
        System.out.println(label + " " + (end - start));
      }
    }
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.out.println(Processor.line());
    int processes = Integer.parseInt(arguments[2]);
    String jars =
        String.join(File.pathSeparator, Arrays.asList(arguments).subList(3, arguments.length));
    Path folder = Files.createTempDirectory("lapidary-first");
    try {
      Path archive = folder.resolve("classes.jsa");
      List<String> program =
          List.of("-cp", jars, Program.class.getName(), arguments[0], arguments[1]);
      List<String> without = joined(FLAGS, program);
      List<String> with = joined(FLAGS, List.of("-XX:SharedArchiveFile=" + archive), program);
      Times.of(joined(FLAGS, List.of("-XX:ArchiveClassesAtExit=" + archive), program));
      List<Times> plain = new ArrayList<>();
      List<Times> archived = new ArrayList<>();
      for (int i = 0; i < processes; i++) {
        plain.add(Times.of(without));
        archived.add(Times.of(with));
      }
      print("without an archive of classes", plain);
      print("with one", archived);
    } finally {
      Folders.delete(folder);
    }
  }

  /** Milliseconds to the first answer. */
  private record Times(double fromMain, double fromStart) {
    static Times of(List<String> command) throws IOException, InterruptedException {
      long start = System.nanoTime();
      Process process = new ProcessBuilder(command)
          .redirectError(ProcessBuilder.Redirect.INHERIT)
          .start();
      try (BufferedReader said = process.inputReader()) {
        String line = String.valueOf(said.readLine());
        double fromStart = (System.nanoTime() - start) / 1e6;
        process.waitFor();
        return new Times(
            Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)) / 1e6, fromStart);
      }
    }
  }

  @SafeVarargs
  private static List<String> joined(List<String>... parts) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (List<String> part : parts) {
      command.addAll(part);
    }
    return Collections.unmodifiableList(command);
  }

  private static void print(String title, List<Times> times) {
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f ms from main, %.0f ms from the start of the process%n",
        title,
        median(times.stream().mapToDouble(Times::fromMain).toArray()),
        median(times.stream().mapToDouble(Times::fromStart).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
