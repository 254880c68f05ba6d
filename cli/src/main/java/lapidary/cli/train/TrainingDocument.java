package lapidary.cli.train;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.problem.BaselineScore;

/**
 * What train answers.
 *
 * @param run the run folder
 * @param device trained on, and why
 * @param ending completed, early or stopped
 * @param epochs a row an epoch
 * @param metric by which epochs are ranked
 * @param best the epoch that is ranked first, whose weights {@code export --best} takes
 * @param last the last epoch, whose weights export takes
 * @param total cost of the whole run, validation and saving included
 * @param weightsSha256 digest of the weights in the checkpoint
 * @param baseline what an answer without a network scores on the same rows
 * @param skipped a sentence for each photo that could not be read
 */
record TrainingDocument(
    String run,
    DeviceChoice device,
    String ending,
    List<Epoch> epochs,
    String metric,
    Scored best,
    Scored last,
    EpochResult.Cost total,
    String weightsSha256,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BaselineScore> baseline,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped) {
  private static final String STOPPED = text(FitResult.Ending.STOPPED);

  /** Skipped photos that people are shown; the JSON has them all. */
  private static final int SHOWN = 10;

  /** An epoch and what was measured after it; 0 and nothing if none was completed. */
  record Scored(int epoch, @JsonAnyGetter Map<String, Double> metrics) {
    static Scored of(int epoch, List<EpochResult> epochs) {
      return new Scored(epoch, epoch == 0 ? Map.of() : epochs.get(epoch - 1).metrics());
    }

    double of(String metric) {
      return metrics.getOrDefault(metric, Double.NaN);
    }
  }

  /** One epoch; its cost is that of the training steps alone. */
  record Epoch(
      int epoch,
      double trainLoss,
      double validLoss,
      @JsonAnyGetter Map<String, Double> metrics,
      EpochResult.Rate rate,
      EpochResult.Cost cost) {
    static Epoch of(EpochResult result) {
      return new Epoch(
          result.epoch(),
          result.trainLoss(),
          result.validLoss(),
          result.metrics(),
          result.rate(),
          result.cost());
    }
  }

  static TrainingDocument of(Path run, TrainingResult result, Training training) {
    List<EpochResult> epochs = result.epochs();
    return new TrainingDocument(
        run.toString(),
        result.device(),
        text(result.ending()),
        epochs.stream().map(Epoch::of).toList(),
        training.metric(),
        Scored.of(result.bestEpoch(), epochs),
        Scored.of(epochs.size(), epochs),
        result.total(),
        result.description().provenance().weightsSha256(),
        training.baseline(),
        result.skipped());
  }

  void print(PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %s; %.1f s, %.1f CPU s, %,.0f examples/s on %s%n",
        run,
        ending,
        total.seconds(),
        total.cpuSeconds(),
        total.examplesPerSecond(),
        device.name());
    device.cards().forEach(card -> out.println(card.text()));
    baseline.ifPresent(score -> {
      out.printf(Locale.ROOT, "%s%n", text("epoch " + last.epoch(), last.metrics()));
      out.printf(Locale.ROOT, "%s%n", text(score.answer(), score.metrics()));
    });
    if (!skipped.isEmpty()) {
      out.printf(Locale.ROOT, "%d photos could not be read and were skipped:%n", skipped.size());
      skipped.stream().limit(SHOWN).forEach(reason -> out.printf(Locale.ROOT, "  %s%n", reason));
    }
    if (last.epoch() > 0) {
      out.printf(Locale.ROOT, "report: %s%n", Path.of(run).resolve(Training.REPORT));
    }
    out.println(closing());
  }

  /** What can be done with the run now. */
  private String closing() {
    if (ending.equals(STOPPED)) {
      return "stopped after " + epochs.size()
          + " whole epochs; the same command with --resume in place of --overwrite goes on from there";
    }
    return best.epoch() == last.epoch()
        ? text(last) + ", the last epoch and the best: export takes it"
        : text(last) + ", the last epoch: export takes it; " + text(best)
            + ", the best: export --best takes it";
  }

  private String text(Scored epoch) {
    return String.format(
        Locale.ROOT, "%s %.4f in epoch %d", metric, epoch.of(metric), epoch.epoch());
  }

  private static String text(FitResult.Ending ending) {
    return ending.name().toLowerCase(Locale.ROOT);
  }

  private static String text(String what, Map<String, Double> metrics) {
    return what + ": "
        + metrics.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }
}
