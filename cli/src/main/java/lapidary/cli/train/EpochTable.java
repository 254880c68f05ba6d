package lapidary.cli.train;

import java.io.PrintWriter;
import java.util.Locale;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.learn.FitPosition;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A line for each epoch, and on a terminal a bar with the time that is left. */
final class EpochTable implements ProgressListener, AutoCloseable {
  private final PrintWriter out;
  private final boolean drawBar;
  private final String metric;
  private @Nullable ProgressBar bar;
  private boolean headed;

  /** @param metric of each epoch that is shown */
  EpochTable(PrintWriter out, boolean forPeople, String metric) {
    this.out = out;
    this.metric = metric;
    this.drawBar = forPeople && Boolean.getBoolean("lapidary.terminal");
  }

  @Override
  public void started(DeviceChoice device, FitPosition from) {
    out.println("device: " + device.name() + " (" + device.reason() + ")");
  }

  @Override
  public void prepared(String sentence) {
    out.println(sentence);
  }

  @Override
  public void cautioned(String sentence) {
    out.println(sentence);
  }

  @Override
  public void batchDone(FitListener.BatchProgress progress) {
    if (!drawBar) {
      return;
    }
    if (bar == null) {
      bar = new ProgressBarBuilder()
          .setTaskName("epoch " + progress.epoch() + "/" + progress.epochs())
          .setInitialMax(progress.batches())
          .setStyle(ProgressBarStyle.ASCII)
          .clearDisplayOnFinish()
          .build();
    }
    bar.stepTo(progress.batch());
  }

  @Override
  public void epochDone(EpochResult result) {
    close();
    if (!headed) {
      out.printf(
          Locale.ROOT,
          "%5s  %10s  %10s  %8s  %9s  %7s%n",
          "epoch",
          "train loss",
          "valid loss",
          metric,
          "lr",
          "seconds");
      headed = true;
    }
    out.printf(
        Locale.ROOT,
        "%5d  %10.4f  %10.4f  %8.4f  %9.2e  %7.2f%n",
        result.epoch(),
        result.trainLoss(),
        result.validLoss(),
        result.metric(metric).orElse(Double.NaN),
        result.rate().learningRate(),
        result.cost().seconds());
    out.flush();
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
