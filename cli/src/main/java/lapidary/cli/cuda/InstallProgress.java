package lapidary.cli.cuda;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.cuda.CudaArtifact;
import lapidary.models.cuda.CudaLibrary;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** On a terminal a bar with the time that is left, else a line for each step, on standard error. */
final class InstallProgress implements AutoCloseable {
  private static final long MEBI = 1 << 20;

  private final Console console;
  private final Answer answer;
  private @Nullable ProgressBar bar;

  InstallProgress(Console console, Answer answer) {
    this.console = console;
    this.answer = answer;
  }

  /** Begins to do something with a jar, of so many bytes. */
  void begin(String step, CudaArtifact artifact, long bytes) {
    // A jar's whole name would leave no room for the bar.
    begin(step + " " + artifact.fileName(), step + " " + artifact.id(), bytes);
  }

  /** Begins to do something with a library. */
  void begin(String step, CudaLibrary library) {
    String named = step + " " + library.name();
    begin(named, named, library.bytes());
  }

  private void begin(String step, String brief, long bytes) {
    close();
    if (answer.forPeople() && Boolean.getBoolean("lapidary.terminal")) {
      bar = new ProgressBarBuilder()
          .setTaskName(brief)
          .setInitialMax(bytes)
          .setUnit(" MiB", MEBI)
          .setStyle(ProgressBarStyle.ASCII)
          .clearDisplayOnFinish()
          .build();
    } else {
      console.err().println("lapidary: " + step + ", " + bytes / MEBI + " MiB");
      console.err().flush();
    }
  }

  /** So many bytes of the step are done. */
  void at(long bytes) {
    if (bar != null) {
      bar.stepTo(bytes);
    }
  }

  /** Reads on, and counts what is read as done. */
  InputStream watched(InputStream in) {
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] buffer, int from, int length) throws IOException {
        int count = super.read(buffer, from, length);
        if (bar != null && count > 0) {
          bar.stepBy(count);
        }
        return count;
      }
    };
  }

  /** Takes the bar away. */
  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
