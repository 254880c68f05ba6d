package lapidary.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.Pixels;
import lapidary.models.Temporaries;
import lapidary.runtime.Embedder;
import lapidary.runtime.device.Device;
import lapidary.search.embed.Embedded;
import lapidary.search.embed.EmbeddingOptions;
import lapidary.search.embed.EmbeddingPipeline;
import lapidary.search.embed.VectorModel;

/**
 * Embedding many pictures beside what one core does that only decodes and runs the model, batch for batch, in turns. Arguments: an .onnx
 * file that Lapidary exported; an idx file of images or a folder of photos; how many pictures; how many turns. The least of the
 * turns counts, since other work on the machine only slows; the first turn is for the compiler.
 */
public final class BulkEmbedding {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private static final int CORES = Runtime.getRuntime().availableProcessors();

  private final VectorModel model;
  private final BulkPictures pictures;

  private BulkEmbedding(VectorModel model, BulkPictures pictures) {
    this.model = model;
    this.pictures = pictures;
  }

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[2]);
    int turns = Integer.parseInt(arguments[3]);
    System.out.println(Processor.line());
    try (Embedder embedder = Embedder.open(Path.of(arguments[0]), Device.cpu(1))) {
      BulkPictures pictures = BulkPictures.of(Path.of(arguments[1]), count);
      new BulkEmbedding(VectorModel.of(embedder), pictures).race(turns);
    }
  }

  /** A way to embed all pictures. */
  @FunctionalInterface
  private interface Way {
    void run() throws IOException;
  }

  /** What a way took. */
  private record Cost(double wall, double cpu) {
    Cost least(Cost other) {
      return new Cost(Math.min(wall, other.wall), Math.min(cpu, other.cpu));
    }
  }

  private void race(int turns) throws IOException {
    List<Way> ways =
        List.of(this::bare, this::bareOnAllCores, this::pipeline, this::file, this::kept);
    Cost[] least = new Cost[ways.size()];
    for (int turn = 0; turn <= turns; turn++) {
      for (int i = 0; i < least.length; i++) {
        Cost cost = cost(ways.get(i));
        least[i] = turn <= 1 ? cost : least[i].least(cost);
      }
      System.err.println("turn " + turn + ": " + Arrays.toString(least));
    }
    double core = pictures.count() / least[0].wall();
    System.out.printf(
        Locale.ROOT,
        "%,d %s, %d cores; one core bare: %.0f/s, %.4f ms of CPU each%n",
        pictures.count(),
        pictures.name(),
        CORES,
        core,
        1e3 * least[0].cpu() / pictures.count());
    print("bare on all cores", least[1], core);
    print("pipeline", least[2], core);
    print("pipeline into a file", least[3], core);
    print("the same with small pictures, kept to go on", least[4], core);
  }

  private void print(String name, Cost cost, double core) {
    double rate = pictures.count() / cost.wall();
    System.out.printf(
        Locale.ROOT,
        "%s: %.0f/s, %.3f of cores × bare, %.4f ms of CPU each%n",
        name,
        rate,
        rate / (CORES * core),
        1e3 * cost.cpu() / pictures.count());
  }

  private static Cost cost(Way way) throws IOException {
    long cpu = SYSTEM.getProcessCpuTime();
    long wall = System.nanoTime();
    way.run();
    return new Cost((System.nanoTime() - wall) / 1e9, (SYSTEM.getProcessCpuTime() - cpu) / 1e9);
  }

  private void bare() {
    batches().forEach(this::bare);
  }

  /** What the machine gives when all cores do the same: caches, memory and the clock are shared. */
  private void bareOnAllCores() {
    Stream<int[]> shared = batches().toList().parallelStream();
    shared.forEach(this::bare);
  }

  private Stream<int[]> batches() {
    int size = model.batch();
    return IntStream.iterate(0, from -> from < pictures.count(), from -> from + size)
        .mapToObj(from -> new int[] {from, Math.min(pictures.count(), from + size)});
  }

  private void bare(int[] batch) {
    List<Pixels> decoded = new ArrayList<>();
    for (int i = batch[0]; i < batch[1]; i++) {
      decoded.add(pictures.decode(i, model.input()));
    }
    model.embed(Pixels.joined(decoded));
  }

  private void pipeline() {
    int[] embedded = new int[1];
    EmbeddingPipeline.of(model, EmbeddingOptions.standard())
        .run(pictures.from(0), batch -> embedded[0] += batch.embedded().size());
    require(embedded[0]);
  }

  private void file() {
    EmbeddingOptions options = EmbeddingOptions.standard();
    try (Embedded embedded =
        lapidary.search.embed.BulkEmbedding.of(model, options).pictures(pictures)) {
      require(embedded.items().size());
    }
  }

  private void kept() throws IOException {
    Path folder = Files.createTempDirectory("bulk-embedding");
    EmbeddingOptions options = EmbeddingOptions.standard().withThumbnails(true);
    try (Embedded embedded = lapidary.search.embed.BulkEmbedding.of(model, options)
        .resumingIn(folder)
        .pictures(pictures)) {
      require(embedded.items().size());
      embedded.finished();
    }
    Temporaries.delete(folder);
  }

  private void require(int embedded) {
    if (embedded != pictures.count()) {
      throw new IllegalStateException(
          embedded + " of " + pictures.count() + " pictures have a vector");
    }
  }
}
