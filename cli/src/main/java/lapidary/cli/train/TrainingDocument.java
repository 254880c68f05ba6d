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
import lapidary.trainer.problem.BaselineScore;

/**
 * What train answers.
 *
 * @param run the run folder
 * @param device trained on, and why
 * @param ending completed, early or stopped
 * @param epochs a row an epoch
 * @param best the epoch with the best accuracy, or the lowest error of ratings
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
    Best best,
    EpochResult.Cost total,
    String weightsSha256,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<BaselineScore> baseline,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> skipped) {
  /** Skipped photos that people are shown; the JSON has them all. */
  private static final int SHOWN = 10;

  /** The best epoch and what was measured after it; 0 and nothing if none was completed. */
  record Best(int epoch, @JsonAnyGetter Map<String, Double> metrics) {}

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

  static TrainingDocument of(Path run, TrainingResult result, Optional<BaselineScore> baseline) {
    List<Epoch> epochs = result.epochs().stream().map(Epoch::of).toList();
    int best = result.bestEpoch();
    return new TrainingDocument(
        run.toString(),
        result.device(),
        result.ending().name().toLowerCase(Locale.ROOT),
        epochs,
        new Best(best, best == 0 ? Map.of() : epochs.get(best - 1).metrics()),
        result.total(),
        result.description().provenance().weightsSha256(),
        baseline,
        result.skipped());
  }

  void print(PrintWriter out) {
    String headline = EpochTable.headline(best.metrics());
    out.printf(
        Locale.ROOT,
        "%s: %s, best %s %.4f in epoch %d; %.1f s, %.1f CPU s, %,.0f examples/s on %s%n",
        run,
        ending,
        headline,
        best.metrics().getOrDefault(headline, Double.NaN),
        best.epoch(),
        total.seconds(),
        total.cpuSeconds(),
        total.examplesPerSecond(),
        device.name());
    baseline.ifPresent(score -> {
      out.printf(Locale.ROOT, "%s%n", text(run, best.metrics()));
      out.printf(Locale.ROOT, "%s%n", text(score.answer(), score.metrics()));
    });
    if (!skipped.isEmpty()) {
      out.printf(Locale.ROOT, "%d photos could not be read and were skipped:%n", skipped.size());
      skipped.stream().limit(SHOWN).forEach(reason -> out.printf(Locale.ROOT, "  %s%n", reason));
    }
    out.printf(Locale.ROOT, "report: %s%n", Path.of(run).resolve(Training.REPORT));
  }

  private static String text(String what, Map<String, Double> metrics) {
    return what + ": "
        + metrics.entrySet().stream()
            .map(entry -> String.format(Locale.ROOT, "%s %.4f", entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
  }
}
