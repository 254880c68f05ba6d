package lapidary.cli.export;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.SavedEpoch;
import lapidary.trainer.TrainedModel;
import picocli.CommandLine.Option;

/** Which epoch's weights of a run. */
final class EpochOption {
  @Option(
      names = "--best",
      description = "Take the weights of the epoch with the best score; default the last epoch's.")
  private boolean best;

  TrainedModel load(Path run, Console console) {
    TrainedModel trained = best ? Checkpoint.loadBest(run) : Checkpoint.load(run);
    trained.cautions().forEach(sentence -> console.err().println("lapidary: " + sentence));
    return trained;
  }

  /**
   * The epoch that was taken, and what the other one of last and best scores by now; empty of weights that no run of ours made.
   *
   * @param trained what {@link #load} gave
   */
  Optional<String> taken(TrainedModel trained, Path run) {
    Optional<SavedEpoch> last = best ? Checkpoint.lastEpoch(run) : trained.epoch();
    Optional<SavedEpoch> ranked = best ? trained.epoch() : Checkpoint.bestEpoch(run);
    if (last.isEmpty() || ranked.isEmpty()) {
      return Optional.empty();
    }
    if (last.equals(ranked)) {
      return Optional.of(text(last.get()) + ", the last epoch and the best");
    }
    return Optional.of(
        best
            ? text(ranked.get()) + ", the best; " + text(last.get()) + ", the last, without --best"
            : text(last.get()) + ", the last; " + text(ranked.get()) + ", the best, with --best");
  }

  private static String text(SavedEpoch epoch) {
    return String.format(
        Locale.ROOT, "epoch %d: %s %.4f", epoch.number(), epoch.metric(), epoch.score());
  }
}
