package lapidary.runtime.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;

/**
 * A checked file under a name that ONNX Runtime's Java binding can pass on: its own, or where that has characters above U+FFFF or
 * bytes that are not UTF-8, a link in a folder of this process, beside links to the files with its weights. {@link #close} removes
 * the links, which a session that is open no longer needs.
 */
public final class OpenablePath implements AutoCloseable {
  private final Path path;
  private final Optional<Path> links;

  private OpenablePath(Path path, Optional<Path> links) {
    this.path = path;
    this.links = links;
  }

  /**
   * Finds or makes a name for a file.
   *
   * @throws EnvironmentException if links are needed and cannot be made
   */
  public static OpenablePath of(OnnxFileCheck.Checked file) {
    if (NativePath.isPlain(file.real())) {
      return new OpenablePath(file.real(), Optional.empty());
    }
    try {
      return linked(file, Files.createTempDirectory("lapidary-model-").toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      throw unreachable(file, String.valueOf(e.getMessage()), e);
    }
  }

  private static OpenablePath linked(OnnxFileCheck.Checked file, Path folder) throws IOException {
    Path link = folder.resolve(freeName(file.content().external()));
    OpenablePath linked = new OpenablePath(link, Optional.of(folder));
    try {
      if (!NativePath.isPlain(folder)) {
        throw new IOException("its name has such characters too");
      }
      Files.createSymbolicLink(link, file.real());
      for (Path weights : file.content().external()) {
        Path at = folder.resolve(weights);
        Files.createDirectories(at.resolveSibling(""));
        Files.createSymbolicLink(at, file.real().resolveSibling(weights));
      }
      return linked;
    } catch (IOException | RuntimeException e) {
      linked.close();
      throw e;
    }
  }

  /** Weights keep their names, so the model's link takes one that they leave. */
  private static String freeName(List<Path> weights) {
    String name = "model.onnx";
    for (int i = 0; isTaken(name, weights); i++) {
      name = "model-" + i + ".onnx";
    }
    return name;
  }

  private static boolean isTaken(String name, List<Path> weights) {
    return weights.stream().anyMatch(path -> path.getName(0).toString().equals(name));
  }

  /** What to hand to native code. */
  public Path path() {
    return path;
  }

  @Override
  public void close() {
    links.ifPresent(folder -> {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      } catch (IOException e) {
        // A few links in the temporary folder stay; they hold nothing.
      }
    });
  }

  private static EnvironmentException unreachable(
      OnnxFileCheck.Checked file, String reason, Exception cause) {
    return new EnvironmentException(
        file.path()
            + " has characters in its path that ONNX Runtime cannot be told, and no link to it"
            + " can be made in " + System.getProperty("java.io.tmpdir") + ": " + reason
            + "; give the file another name or place, or set -Djava.io.tmpdir to a folder that can be"
            + " written to",
        cause);
  }
}
