package lapidary.cli.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import lapidary.models.EnvironmentException;
import lapidary.models.FileFailure;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, of which nothing is lost without a word. A {@link PrintWriter} swallows what the system says; the stream beneath
 * this one remembers it. For one thread at a time.
 */
public final class Output {
  private final PrintWriter writer;
  private final Remembering stream;

  private Output(PrintWriter writer, Remembering stream) {
    this.writer = writer;
    this.stream = stream;
  }

  /** Text as UTF-8. */
  public static Output to(OutputStream stream) {
    Remembering remembering = new Remembering(stream);
    return new Output(
        new PrintWriter(new OutputStreamWriter(remembering, StandardCharsets.UTF_8), true),
        remembering);
  }

  /** Text kept in memory. */
  public static Output to(PrintWriter memory) {
    return new Output(memory, new Remembering(OutputStream.nullOutputStream()));
  }

  public PrintWriter writer() {
    return writer;
  }

  /**
   * Hands everything on that was printed so far.
   *
   * @throws EnvironmentException if some of it was not taken, as by a full disk
   * @throws ReaderGoneException if nobody reads it any more
   */
  public void requireWritten() {
    writer.flush();
    requireTaken();
  }

  /** The same of what was handed on already, for use within long answers. */
  public void requireTaken() {
    IOException failure = stream.failure;
    if (failure != null) {
      throw isPipe(failure)
          ? new ReaderGoneException(failure)
          : FileFailure.ofMachine("cannot write standard output", failure);
    }
  }

  /** The system's words come in the user's language, what Linux calls the file does not. */
  private static boolean isPipe(IOException failure) {
    return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT).contains("pipe")
        || (!FileFailure.isMachines(failure) && target().matches("(pipe|socket):.*"));
  }

  private static String target() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown";
    }
  }

  /** Whoever read what is printed has enough, as {@code head} has after ten lines: no failure that needs a word. */
  static final class ReaderGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ReaderGoneException(IOException cause) {
      super("nobody reads standard output any more", cause);
    }
  }

  /** Remembers the first failure and takes nothing after it: what came later would stand behind a gap. */
  private static final class Remembering extends OutputStream {
    private final OutputStream to;
    private @Nullable IOException failure;

    Remembering(OutputStream to) {
      this.to = to;
    }

    @Override
    public void write(int value) {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      if (failure == null) {
        try {
          to.write(bytes, from, length);
        } catch (IOException e) {
          failure = e;
        }
      }
    }

    @Override
    public void flush() {
      if (failure == null) {
        try {
          to.flush();
        } catch (IOException e) {
          failure = e;
        }
      }
    }
  }
}
