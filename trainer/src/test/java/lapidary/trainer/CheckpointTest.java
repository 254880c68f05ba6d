package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
  @TempDir
  private Path folder;

  private Path run;
  private Path weights;
  private TrainingResult result;

  @BeforeEach
  void train() {
    run = folder.resolve("run");
    weights = run.resolve("checkpoint/weights.safetensors");
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    result = Training.of(
            plan.withRecipe(plan.recipe()
                .withFit(new FitPlan(1, LearningRates.all(1e-3), Schedule.constant()))),
            Problem.of(Fashion.few(200, 50)),
            run)
        .run(ProgressListener.SILENT);
  }

  @Test
  void loadsTheTrainedWeightsAndTheDescription() throws IOException {
    try (TrainedModel model = Checkpoint.load(run)) {
      assertThat(model.description()).isEqualTo(result.description());
      assertThat(model.description().architecture())
          .isEqualTo(new Architecture.MnistNn(784, 50, 10));
      assertThat(model.description().provenance().weightsSha256()).isEqualTo(Sha256.of(weights));
      Map<String, StoredTensor> stored = Safetensors.read(weights).byName();
      for (StoredTensor weight : model.network().weights()) {
        assertThat(weight.floats()).isEqualTo(stored.get(weight.name()).floats());
      }
    }
  }

  @Test
  void aMissingRunIsSaid() {
    assertRefused(folder.resolve("nowhere"), "no run folder", "nowhere");
  }

  @Test
  void aFolderWithoutCheckpointIsSaid() {
    assertRefused(folder, "has no checkpoint/");
  }

  @Test
  void aMissingWeightIsNamed() throws IOException {
    forgetSums();
    List<StoredTensor> tensors = new ArrayList<>(Safetensors.read(weights).tensors());
    tensors.removeIf(tensor -> tensor.name().equals("lin2.weight"));
    Safetensors.write(weights, tensors, Map.of());
    assertRefused(run, "weights.safetensors", "missing [lin2.weight]");
  }

  @Test
  void anUnexpectedWeightIsNamed() throws IOException {
    forgetSums();
    List<StoredTensor> tensors = new ArrayList<>(Safetensors.read(weights).tensors());
    tensors.add(StoredTensor.floats("lin3.weight", new float[2], 2));
    Safetensors.write(weights, tensors, Map.of());
    assertRefused(run, "unexpected [lin3.weight]");
  }

  @Test
  void anotherShapeIsNamed() throws IOException {
    forgetSums();
    List<StoredTensor> tensors = new ArrayList<>(Safetensors.read(weights).tensors());
    tensors.replaceAll(tensor -> tensor.name().equals("lin2.bias")
        ? StoredTensor.floats("lin2.bias", new float[11], 11)
        : tensor);
    Safetensors.write(weights, tensors, Map.of());
    assertRefused(run, "lin2.bias FLOAT32[11]", "FLOAT32(10)");
  }

  @Test
  void weightsCutInHalfAreRefused() throws IOException {
    forgetSums();
    byte[] bytes = Files.readAllBytes(weights);
    Files.write(weights, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(run, "weights.safetensors");
  }

  @Test
  void weightsOfAnotherTrainingAreRefused() throws IOException {
    forgetSums();
    try (var channel = Files.newByteChannel(weights, StandardOpenOption.WRITE)) {
      channel.position(Files.size(weights) - 4);
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {1, 2, 3, 4}));
    }
    assertRefused(run, "weights.safetensors has sha256", "put both files of one training back");
  }

  @Test
  void aDamagedDescriptionIsRefused() throws IOException {
    forgetSums();
    Files.writeString(run.resolve("checkpoint/model.json"), "{\"architecture\":");
    assertRefused(run, "model.json is damaged");
  }

  /** Leaves a checkpoint of an earlier version, whose files are looked at without having been compared with their digests. */
  private void forgetSums() throws IOException {
    Files.delete(run.resolve("checkpoint/SHA256SUMS"));
  }

  private static void assertRefused(Path run, String... parts) {
    assertThatThrownBy(() -> Checkpoint.load(run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(parts);
  }
}
