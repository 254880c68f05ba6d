package lapidary.cli.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.Skipped;
import lapidary.models.InvalidInputException;
import lapidary.search.embed.EmbeddingListener;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Says on standard error what becomes of images, and on a terminal draws a bar with the time that is left. */
final class EmbeddingProgress implements EmbeddingListener, AutoCloseable {
  private final Console console;
  private final boolean drawBar;
  private final long start = System.nanoTime();
  private @Nullable ProgressBar bar;

  EmbeddingProgress(Console console, Answer answer) {
    this.console = console;
    this.drawBar = answer.forPeople() && Boolean.getBoolean("lapidary.terminal");
  }

  /** Whether a folder can be made to go on from; says so if not. A collection may lie where nothing else may be written. */
  boolean mayKeep(Path folder) {
    Path parent = folder.resolveSibling(".").normalize();
    if (Files.exists(parent) && !Files.isWritable(parent)) {
      say("%s cannot be written, so that this run cannot be taken up if it is cut short", parent);
      return false;
    }
    return true;
  }

  @Override
  public void skipped(InvalidInputException reason) {
    close();
    Skipped.say(reason, console);
  }

  @Override
  public void goesOn(int pictures, int all) {
    say("goes on at %,d of %,d pictures, which an earlier run has embedded", pictures, all);
  }

  @Override
  public void startsAnew(String reason) {
    say("starts anew, since what an earlier run has embedded is of no use: %s", reason);
  }

  @Override
  public void kept(Path folder, int pictures, int all) {
    close();
    say(
        "%,d of %,d pictures are embedded and kept in %s: the next run for these pictures goes on there; remove it if there is none to come",
        pictures, all, folder);
  }

  private void say(String sentence, Object... values) {
    console.err().println("lapidary: " + String.format(Locale.ROOT, sentence, values));
    console.err().flush();
  }

  @Override
  public void done(int pictures, int all) {
    if (!drawBar) {
      return;
    }
    if (bar == null) {
      bar = new ProgressBarBuilder()
          .setTaskName("embed")
          .setInitialMax(all)
          .setStyle(ProgressBarStyle.ASCII)
          .startsFrom(pictures, Duration.ofNanos(System.nanoTime() - start))
          .clearDisplayOnFinish()
          .build();
    }
    bar.stepTo(pictures);
    if (pictures == all) {
      close();
    }
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
