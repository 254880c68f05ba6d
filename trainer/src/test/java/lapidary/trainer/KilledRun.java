package lapidary.trainer;

import java.io.IOException;
import java.nio.file.Path;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.optim.Adam;
import lapidary.trainer.optim.WeightDecay;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.OneCycle;

/** A run in a process of its own, to be killed. */
final class KilledRun {
  static final int EPOCHS = 8;
  static final String STARTED = "started";

  private KilledRun() {}

  /** Arguments: the run folder. Resumes whatever is there, and prints a line when training begins. */
  public static void main(String[] arguments) {
    train(Path.of(arguments[0]), true, new ProgressListener() {
      @Override
      public void started(DeviceChoice device, FitPosition from) {
        System.out.println(STARTED + " " + from.epoch());
      }
    });
  }

  static TrainingResult train(Path run, boolean resume, ProgressListener listener) {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    Recipe recipe = plan.recipe()
        .withFit(new FitPlan(EPOCHS, LearningRates.all(1e-2), OneCycle.DEFAULT))
        .withOptimizer(Adam.of(WeightDecay.decoupled(0.01)));
    RunOptions fresh = RunOptions.DEFAULT.withSeed(3).on("cpu", 1);
    RunOptions options = resume ? fresh.resuming() : fresh;
    return Training.of(
            plan.withRecipe(recipe).withOptions(options), Problem.of(Fashion.few(3_000, 100)), run)
        .run(listener);
  }

  /** Starts this program; its standard output tells when training begins. */
  static Process start(Path run) throws IOException {
    return JavaProcess.of(KilledRun.class, run.toAbsolutePath().getParent(), run.toString())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }
}
