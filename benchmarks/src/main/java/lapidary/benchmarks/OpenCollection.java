package lapidary.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import lapidary.search.Collection;

/** Opens a collection in a process that did nothing before, and says in how many milliseconds the first exact answer came. */
public final class OpenCollection {
  private OpenCollection() {}

  /** Argument: the collection's folder. */
  public static void main(String[] arguments) {
    long start = System.nanoTime();
    try (Collection collection = Collection.open(Path.of(arguments[0]))) {
      float[] query = new float[collection.spec().model().width()];
      query[0] = 1;
      collection.search(query, 10);
      System.out.println((System.nanoTime() - start) / 1e6);
    }
  }

  /** The median over processes, in milliseconds. */
  static double median(Path collection, int processes) throws IOException, InterruptedException {
    double[] times = new double[processes];
    for (int i = 0; i < processes; i++) {
      Process process = new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx2g",
              "-cp",
              System.getProperty("java.class.path"),
              OpenCollection.class.getName(),
              collection.toString())
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
      try (BufferedReader said = process.inputReader()) {
        times[i] = Double.parseDouble(said.readLine());
      }
      process.waitFor();
    }
    Arrays.sort(times);
    return times[processes / 2];
  }
}
