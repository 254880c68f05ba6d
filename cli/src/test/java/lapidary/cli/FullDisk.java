package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lapidary.models.Sha256;

/** A small disk in memory, which the system mounts for root on Linux. */
final class FullDisk implements AutoCloseable {
  private static final String FILLER = "filler";
  private static final int FILES = 200;

  private final Path place;

  private FullDisk(Path place) {
    this.place = place;
  }

  /** Mounts a disk at an empty folder; nothing where that is not allowed. */
  static FullDisk mount(Path place, int kib) throws IOException {
    Files.createDirectories(place);
    return run(
            "mount",
            "-t",
            "tmpfs",
            "-o",
            "size=" + kib + "k,nr_inodes=" + FILES,
            "tmpfs",
            place.toString())
        ? new FullDisk(place)
        : null;
  }

  Path place() {
    return place;
  }

  /** Fills what is left of it. */
  FullDisk fill() {
    return fillExcept(0);
  }

  /** Fills all but some. */
  FullDisk fillExcept(int kib) {
    byte[] block = new byte[4096];
    try (OutputStream out = Files.newOutputStream(place.resolve(FILLER))) {
      while (Files.getFileStore(place).getUsableSpace() > kib * 1024L) {
        out.write(block);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return this;
  }

  /** Makes room again. */
  void empty() throws IOException {
    Files.delete(place.resolve(FILLER));
  }

  /** Takes all the files and folders there may be; bytes are left. */
  FullDisk takeEveryFile() {
    try {
      for (int i = 0; i <= FILES; i++) {
        Files.createFile(place.resolve(FILLER + i));
      }
      throw new AssertionError("there may be more files than thought");
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
    }
    return this;
  }

  FullDisk readOnly() {
    assertThat(run("mount", "-o", "remount,ro", place.toString())).isTrue();
    return this;
  }

  /** Every file by its name, with its digest, the filler left out. */
  SortedMap<String, String> content() throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        if (!file.getFileName().toString().startsWith(FILLER)) {
          content.put(place.relativize(file).toString(), Sha256.of(file));
        }
      }
    }
    return content;
  }

  void copyIn(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(file, place.resolve(tree.getParent().relativize(file).toString()));
      }
    }
  }

  private static boolean run(String... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command)).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while waiting for " + List.of(command), e);
    }
  }

  @Override
  public void close() {
    assertThat(run("umount", place.toString())).isTrue();
  }
}
