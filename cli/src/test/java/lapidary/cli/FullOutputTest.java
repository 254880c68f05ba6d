package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Output;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command that prints, where what it prints is not taken. */
final class FullOutputTest {
  private static final String DATA = Workshop.DATA;
  private static final Path FULL = Path.of("/dev/full");

  @TempDir
  static Path folder;

  private static Path run;
  private static Path model;
  private static Path items;
  private static Path ratings;
  private static Path rows;
  private static Path sales;
  private static Path table;
  private static Path pictures;
  private static Path clothes;

  @BeforeAll
  static void enterTheWorkshop() {
    Workshop shop = Workshop.copiedTo(folder);
    run = shop.run();
    model = shop.model();
    items = shop.items();
    ratings = shop.ratings();
    rows = shop.rows();
    sales = shop.sales();
    table = shop.table();
    pictures = shop.pictures();
    clothes = shop.clothes();
  }

  private static Stream<Object[]> commands() {
    return Stream.of(
        new Object[] {"--help"},
        new Object[] {"train", "--help"},
        new Object[] {"--version"},
        new Object[] {"devices"},
        new Object[] {"data", "list"},
        new Object[] {"data", "images", "--data", DATA, "--overwrite", "--out", folder.resolve("p")
        },
        new Object[] {
          "train",
          "mnist-logistic",
          "--data",
          DATA,
          "--epochs",
          1,
          "--overwrite",
          "--out",
          folder.resolve("other")
        },
        new Object[] {
          "lr-find",
          "mnist-logistic",
          "--data",
          DATA,
          "--overwrite",
          "--out",
          folder.resolve("l.svg")
        },
        new Object[] {"export", run, "--overwrite", "-o", folder.resolve("other.onnx")},
        new Object[] {"inspect", model},
        new Object[] {"verify", model, "--run", run},
        new Object[] {"evaluate", model, "--data", DATA},
        new Object[] {"predict", model, pictures},
        new Object[] {"predict", ratings, "42,50"},
        new Object[] {"predict", table, rows},
        new Object[] {"embed", model, pictures, "--overwrite", "--out", folder.resolve("f.csv")},
        new Object[] {"embeddings", sales},
        new Object[] {"pca", items},
        new Object[] {"movies", "best", items},
        new Object[] {"movies", "similar", items, "1"},
        new Object[] {"movies", "recommend", "--items", items, "--new"},
        new Object[] {
          "index", "create", folder.resolve("c"), "--model", model, "--data", DATA, "--overwrite"
        },
        new Object[] {"index", "info", clothes},
        new Object[] {"index", "add", clothes, pictures},
        new Object[] {"search", clothes, "--id", "test-00000"},
        new Object[] {"serve", "--collection", clothes, "--port", 0},
        new Object[] {"demo", "--out", folder.resolve("demo")});
  }

  @Test
  void aFullDiskBehindStandardOutputIsSaidByEveryCommand() throws IOException {
    assumeTrue(Files.exists(FULL), "there is no /dev/full here");
    for (Object[] command : commands().toList()) {
      try (OutputStream full = new FileOutputStream(FULL.toFile())) {
        assertFull(command, into(full, command));
      }
    }
  }

  @Test
  void aFullDiskIsSaidOfJsonToo() {
    for (Object[] command : commands().filter(one -> one.length > 1).toList()) {
      Object[] json = Arrays.copyOf(command, command.length + 1);
      json[command.length] = "--json";
      assertFull(json, into(new Small(0, "No space left on device"), json));
    }
  }

  @Test
  void aReaderThatHasEnoughEndsTheCommandQuietly() {
    for (Object[] command : commands().toList()) {
      Cli.Run quiet = into(new Small(0, "Broken pipe"), command);
      assertThat(quiet.code()).as(Arrays.toString(command)).isEqualTo(ExitCode.READER_GONE);
      assertThat(quiet.err()).doesNotContain("lapidary: cannot", "Exception");
    }
  }

  @Test
  void predictionsStopWhereTheDiskIsFull() throws IOException {
    Small disk = new Small(70_000, "No space left on device");
    // A row that cannot be read, behind more than is taken: it is not come to.
    Path more = Files.writeString(
        Sales.write(folder.resolve("more.csv"), 20_000),
        "only,three,cells\n",
        StandardOpenOption.APPEND);
    assertFull(new Object[] {"predict"}, into(disk, "predict", table, more));
    assertThat(disk.taken.toString(StandardCharsets.UTF_8)).startsWith("prediction\n");
    assertThat(disk.taken.size()).isEqualTo(70_000);
  }

  @Test
  void nothingIsWrittenBehindAGap() {
    Small disk = new Small(5, "No space left on device");
    Output output = Output.to(disk);
    output.writer().println("12345678");
    disk.room = 100;
    output.writer().println("behind");
    assertThat(disk.taken.toString(StandardCharsets.UTF_8)).isEqualTo("12345");
    assertThatThrownBy(output::requireWritten)
        .hasMessage(
            "cannot write standard output: No space left on device; make room on that disk or choose another");
  }

  private static Cli.Run into(OutputStream out, Object... command) {
    StringWriter err = new StringWriter();
    Console console = new Console(Output.to(out), new PrintWriter(err), System.getenv());
    int code =
        Main.run(console, Arrays.stream(command).map(Object::toString).toArray(String[]::new));
    return new Cli.Run(code, "", err.toString());
  }

  private static void assertFull(Object[] command, Cli.Run full) {
    assertThat(full.code()).as(Arrays.toString(command) + full.err()).isEqualTo(3);
    assertThat(full.err().lines().filter(line -> line.startsWith("lapidary: cannot ")))
        .as(Arrays.toString(command))
        .containsExactly("lapidary: cannot write standard output: No space left on device;"
            + " make room on that disk or choose another");
    assertThat(full.err()).doesNotContain("\tat ", "Exception");
  }

  /** Takes some bytes, then fails. */
  private static final class Small extends OutputStream {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private final String failure;
    private int room;

    Small(int room, String failure) {
      this.room = room;
      this.failure = failure;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      int fitting = Math.min(length, room);
      taken.write(bytes, from, fitting);
      room -= fitting;
      if (fitting < length) {
        throw new IOException(failure);
      }
    }
  }
}
