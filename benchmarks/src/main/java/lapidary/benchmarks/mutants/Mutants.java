package lapidary.benchmarks.mutants;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import lapidary.benchmarks.Processor;
import lapidary.runtime.operators.CheckedList;

/**
 * Counts what becomes of damaged ONNX files. Arguments: seed, number of mutants, mutants a process, a folder for the files that do
 * harm, and sound files or folders of them; {@code operators} stands for a small network of each operator that is taken.
 *
 * <p>Mutant {@code i} is made of file {@code i modulo the number of files}. One that does harm is kept as {@code
 * OUTCOME-SEED-INDEX-NAME.onnx}, and the next process begins behind it.
 */
public final class Mutants {
  private static final String OPERATORS = "operators";

  private final long seed;
  private final Path kept;
  private final Path folder;
  private final List<Path> sound;
  private final Map<Outcome, Integer> counts = new EnumMap<>(Outcome.class);

  private Mutants(long seed, Path kept, Path folder, List<Path> sound) {
    this.seed = seed;
    this.kept = kept;
    this.folder = folder;
    this.sound = List.copyOf(sound);
  }

  /** Runs and prints the counts; exit code 1 if one did harm. */
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length < 5) {
      System.err.println("Usage: Mutants SEED COUNT A-PROCESS FOLDER FILE|FOLDER|operators ...");
      System.exit(2);
    }
    int count = Integer.parseInt(args[1]);
    Path folder = Files.createTempDirectory("mutants-");
    List<Path> sound = sound(List.of(args).subList(4, args.length), folder);
    requireAllOperators();
    Path kept = Files.createDirectories(Path.of(args[3]));
    Mutants mutants = new Mutants(Long.parseLong(args[0]), kept, folder, sound);
    for (int from = 0, each = Integer.parseInt(args[2]); from < count; from += each) {
      mutants.range(from, Math.min(count, from + each));
    }
    System.out.println(count + " mutants of " + sound.size() + " files, seed " + args[0] + ", "
        + Processor.line());
    mutants.counts.forEach((outcome, number) -> System.out.println("  " + outcome + " " + number));
    System.exit(mutants.counts.keySet().stream().anyMatch(Outcome::isFault) ? 1 : 0);
  }

  private static void requireAllOperators() {
    Set<String> missing = new TreeSet<>(CheckedList.operators());
    missing.removeAll(OperatorFiles.kinds());
    if (!missing.isEmpty()) {
      throw new IllegalStateException(
          "OperatorRows has no row of " + missing + "; add one of each");
    }
  }

  private static List<Path> sound(List<String> given, Path folder) throws IOException {
    List<Path> sound = new ArrayList<>();
    for (String name : given) {
      Path path = Path.of(name);
      if (name.equals(OPERATORS)) {
        for (Map.Entry<String, byte[]> file : OperatorFiles.all().entrySet()) {
          sound.add(Files.write(folder.resolve(file.getKey() + ".onnx"), file.getValue()));
        }
      } else if (Files.isDirectory(path)) {
        try (Stream<Path> files = Files.list(path)) {
          sound.addAll(
              files.filter(file -> file.toString().endsWith(".onnx")).sorted().toList());
        }
      } else {
        sound.add(path);
      }
    }
    return sound;
  }

  private void range(int from, int to) throws IOException, InterruptedException {
    int late = -1;
    for (int next = from; next < to; ) {
      try (Child child = Child.start(seed, next, to, folder, sound)) {
        Child.Result last = follow(child, next, to);
        boolean first = last.outcome() == Outcome.HANG && last.index() != late;
        if (last.index() >= 0 && !first) {
          count(last);
        }
        // The machine may have been busy: what was late is tried again, at the beginning of a
        // process of its own.
        late = first ? last.index() : -1;
        next = last.index() < 0 ? to : last.index() + (first ? 0 : 1);
      }
    }
  }

  /** Counts until the child is done, with index -1, or has ended over a mutant, which is not counted yet. */
  private Child.Result follow(Child child, int from, int to)
      throws IOException, InterruptedException {
    int next = from;
    while (true) {
      Child.Result result = child.next();
      if (result.index() < 0 && next < to) {
        throw new IOException("a child ended with " + result.said() + " before mutant " + next
            + "; see " + folder.resolve("stderr.txt"));
      }
      if (result.index() < 0
          || result.outcome() == Outcome.DEATH
          || result.outcome() == Outcome.HANG) {
        return result;
      }
      next = result.index() + 1;
      count(result);
    }
  }

  private void count(Child.Result result) throws IOException {
    counts.merge(result.outcome(), 1, Integer::sum);
    if (result.outcome().isFault()) {
      Path file = sound.get(result.index() % sound.size());
      String name = result.outcome() + "-" + seed + "-" + result.index() + "-" + file.getFileName();
      Files.write(kept.resolve(name), Mutation.of(Files.readAllBytes(file), seed, result.index()));
      System.out.println(name + ": " + result.said());
    }
  }
}
