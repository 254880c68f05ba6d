package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.trainer.learn.FitPosition;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reading beside a training that replaces its checkpoint as fast as the disk lets it. */
final class ReplacedCheckpointTest {
  private static final int READS = 300;
  private static final int LEAST_SEEN = 4;

  @TempDir
  private Path run;

  @Test
  void everyReadingGivesOneWholeCheckpoint() throws Exception {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    Training.of(
            plan.withRecipe(plan.recipe()
                .withFit(new FitPlan(1, LearningRates.all(1e-3), Schedule.constant()))),
            Problem.of(Fashion.few(200, 50)),
            run)
        .run(ProgressListener.SILENT);
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread writer;
    try (TrainedModel model = Checkpoint.load(run)) {
      List<StoredTensor> weights = model.network().weights();
      ModelDescription description = model.description();
      writer = new Thread(() -> replace(weights, description, begun, done));
      writer.setUncaughtExceptionHandler((thread, e) -> failure.set(e));
    }
    writer.start();
    begun.await();
    Set<String> seen = new HashSet<>();
    try {
      for (int i = 0; i < READS || seen.size() < LEAST_SEEN; i++) {
        try (TrainedModel model = Checkpoint.load(run)) {
          String digest = model.description().provenance().weightsSha256();
          float first = model.network().weights().get(1).floats()[0];
          // The description says which round its weights are of.
          assertThat(model.description().evidence().scores())
              .containsEntry("round", (double) first);
          seen.add(digest);
        }
      }
    } finally {
      done.set(true);
      writer.join();
    }
    assertThat(failure.get()).isNull();
  }

  private void replace(
      List<StoredTensor> weights,
      ModelDescription description,
      CountDownLatch begun,
      AtomicBoolean done) {
    StoredTensor bias = weights.get(1);
    for (int round = 0; !done.get(); round++) {
      float[] values = bias.floats();
      values[0] = round;
      float score = round;
      List<StoredTensor> changed = new java.util.ArrayList<>(weights);
      changed.set(1, StoredTensor.floats(bias.name(), values, bias.shape()));
      Checkpoint.save(
          run,
          new Checkpoint.Contents(
              changed,
              List.of(),
              new RunState(new java.util.TreeMap<>(), FitPosition.START, List.of())),
          Checkpoint.Model.untrained(sha256 -> described(description, sha256, score)));
      begun.countDown();
    }
  }

  private static ModelDescription described(ModelDescription of, String sha256, double round) {
    Provenance provenance = of.provenance();
    return new ModelDescription(
            of.architecture(),
            of.task(),
            of.labels(),
            of.signature(),
            Provenance.of(
                provenance.data(),
                provenance.seed(),
                provenance.hyperParameters(),
                provenance.versions(),
                sha256),
            of.evidence())
        .withScores(java.util.Map.of("round", round));
  }
}
