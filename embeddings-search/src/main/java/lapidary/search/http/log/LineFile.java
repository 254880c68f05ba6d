package lapidary.search.http.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import lapidary.models.FileFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that lines are added to, each with one write at its end, so that it can be cut to nothing under way ({@code copytruncate} of
 * logrotate). A line that cannot be written is lost; the log says so the first time. Thread-safe.
 */
public final class LineFile implements Consumer<String>, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LineFile.class);

  private final Path file;
  private final FileChannel out;
  private boolean failed;

  private LineFile(Path file, FileChannel out) {
    this.file = file;
    this.out = out;
  }

  /**
   * Opens a file at its end; makes it if there is not one.
   *
   * @throws lapidary.models.InvalidInputException if it cannot be written there
   * @throws lapidary.models.EnvironmentException if the machine cannot write it
   */
  public static LineFile open(Path file) {
    try {
      return new LineFile(
          file,
          FileChannel.open(
              file,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.APPEND));
    } catch (IOException e) {
      throw FileFailure.writing(file, e);
    }
  }

  @Override
  public synchronized void accept(String line) {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
    try {
      while (bytes.hasRemaining()) {
        out.write(bytes);
      }
    } catch (IOException e) {
      tell(e);
    }
  }

  private void tell(IOException e) {
    if (!failed) {
      failed = true;
      LOG.error("{} cannot be written, its lines are lost", file, e);
    }
  }

  /** Later lines are lost. */
  @Override
  public synchronized void close() throws IOException {
    out.close();
  }
}
