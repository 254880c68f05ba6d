package lapidary.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * One of everything that commands make and take: run folders, the files exported from them, rows, pictures and a collection. Made
 * once in a process; every test class gets a copy of its own.
 *
 * @param folder where it all lies
 */
record Workshop(Path folder) {
  static final String DATA = "fashion-mnist-sample";

  private static final int ROWS = 3000;

  static Workshop copiedTo(Path folder) {
    copy(Original.FOLDER, folder);
    return new Workshop(folder);
  }

  /** A run of mnist-nn. */
  Path run() {
    return folder.resolve("nn");
  }

  /** The file of {@link #run}. */
  Path model() {
    return folder.resolve("nn.onnx");
  }

  /** A run of collab. */
  Path films() {
    return folder.resolve("films");
  }

  /** The rating file of {@link #films}. */
  Path ratings() {
    return folder.resolve("ratings.onnx");
  }

  /** The item file of {@link #films}. */
  Path items() {
    return folder.resolve("items.onnx");
  }

  /** Rows of a table, enough to be more than any buffer takes. */
  Path rows() {
    return folder.resolve("sales.csv");
  }

  /** A run of tabular on {@link #rows}. */
  Path sales() {
    return folder.resolve("sales");
  }

  /** The file of {@link #sales}. */
  Path table() {
    return folder.resolve("sales.onnx");
  }

  /** A folder of three pictures. */
  Path pictures() {
    return folder.resolve("pictures");
  }

  /** A collection of {@link #model}'s activations. */
  Path clothes() {
    return folder.resolve("clothes");
  }

  private void make() throws IOException {
    Sales.write(rows(), ROWS);
    Cli.json("train", "mnist-nn", "--data", DATA, "--epochs", 1, "--out", run());
    Cli.json("export", run(), "-o", model());
    Cli.json(
        "train",
        "collab",
        "--data",
        "ratings-sample",
        "--factors",
        4,
        "--epochs",
        1,
        "--out",
        films());
    Cli.json("export", films(), "-o", ratings(), "--items", items());
    List<Object> tabular = List.of("--target", "price", "--ignore", "id", "--epochs", 1);
    Cli.json(
        Stream.of(List.of("train", "tabular", "--data", rows()), tabular, List.of("--out", sales()))
            .flatMap(List::stream)
            .toArray());
    Cli.json("export", sales(), "-o", table(), "--data", rows());
    Cli.json("data", "images", "--data", DATA, "--count", 3, "--out", pictures());
    Cli.json("index", "create", clothes(), "--model", model(), "--data", DATA, "--pca", 8);
  }

  private static void copy(Path from, Path to) {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : all.toList()) {
        Path target = to.resolve(from.relativize(each).toString());
        if (!Files.isDirectory(target)) {
          Files.copy(each, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Loaded, and so made, when the first copy is asked for. */
  private static final class Original {
    private static final Path FOLDER = made();

    private static Path made() {
      try {
        Path folder = Files.createTempDirectory("workshop");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
        new Workshop(folder).make();
        return folder;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void remove(Path folder) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
