package lapidary.cli.export;

import java.nio.file.Path;
import lapidary.cli.console.Console;
import lapidary.trainer.Checkpoint;
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
}
