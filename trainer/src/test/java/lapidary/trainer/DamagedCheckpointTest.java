package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.learn.FitListener;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import lapidary.trainer.schedule.LearningRates;
import lapidary.trainer.schedule.Schedule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that was stopped in its second of three epochs, and then damaged. */
final class DamagedCheckpointTest {
  private static final ImageDataset DATA = Fashion.few(300, 70);
  private static final String SUMS = "SHA256SUMS";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir
  private static Path whole;

  @TempDir
  private Path run;

  private Path checkpoint;

  @BeforeAll
  static void train() {
    Training training = Training.of(plan(), Problem.of(DATA), whole);
    training.run(new ProgressListener() {
      @Override
      public void batchDone(FitListener.BatchProgress progress) {
        if (progress.epoch() == 2 && progress.batch() == 3) {
          training.stop();
        }
      }
    });
  }

  @BeforeEach
  void copy() throws IOException {
    checkpoint = run.resolve("checkpoint");
    try (Stream<Path> files = Files.walk(whole)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = run.resolve(whole.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.copy(file, to);
      }
    }
  }

  private static TrainingPlan plan() {
    TrainingPlan plan = TrainingPlan.of("mnist-nn");
    FitPlan fit = new FitPlan(3, LearningRates.all(1e-3), Schedule.constant());
    return plan.withRecipe(plan.recipe().withFit(fit))
        .withOptions(plan.options().resuming());
  }

  private TrainingResult resume() {
    return Training.of(plan(), Problem.of(DATA), run).run(ProgressListener.SILENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weights.safetensors", "optimiser.safetensors", "model.json", "state.json"})
  void oneFlippedBitIsFoundOnResumingAndTheFileIsNamed(String file) throws IOException {
    flip(checkpoint.resolve(file));
    assertThatThrownBy(this::resume)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(
            checkpoint.resolve(file) + " has sha256 ", "SHA256SUMS", "restore", "--overwrite");
  }

  @ParameterizedTest
  @CsvSource({
    "checkpoint,weights.safetensors",
    "checkpoint,model.json",
    "best,weights.safetensors",
    "best,model.json"
  })
  void oneFlippedBitIsFoundOnLoadingAndTheFileIsNamed(String folder, String file)
      throws IOException {
    flip(run.resolve(folder).resolve(file));
    assertThatThrownBy(() -> load(folder).close())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(file + " has sha256 ", "SHA256SUMS", "restore");
  }

  private TrainedModel load(String folder) {
    return folder.equals("best")
        ? Checkpoint.loadBest(run, Device.cpu())
        : Checkpoint.load(run, Device.cpu());
  }

  @Test
  void whatCannotBeReadForExportDoesNotStopIt() throws IOException {
    flip(checkpoint.resolve("optimiser.safetensors"));
    load("checkpoint").close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"weights.safetensors", "optimiser.safetensors", "model.json", "state.json"})
  void aMissingFileIsNamed(String file) throws IOException {
    Files.delete(checkpoint.resolve(file));
    assertThatThrownBy(this::resume)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(file, "restore");
  }

  @Test
  void damagedSumsAreSaid() throws IOException {
    String sums = Files.readString(checkpoint.resolve(SUMS));
    for (String damaged : List.of(
        "",
        "x",
        sums.substring(7),
        sums + "\n\n",
        sums.replace("state.json", "state.jso"),
        sums.replace("  ", " "),
        sums.replace("  state", "  ../state"),
        sums.repeat(2))) {
      Files.writeString(checkpoint.resolve(SUMS), damaged);
      assertThatThrownBy(this::resume)
          .as(damaged)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContainingAll("SHA256SUMS", "restore");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theSumsAreThoseOfSha256sum() throws Exception {
    for (String folder : List.of("checkpoint", "best")) {
      Process check = new ProcessBuilder("sha256sum", "--check", "--strict", SUMS)
          .directory(run.resolve(folder).toFile())
          .redirectErrorStream(true)
          .start();
      String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(check.waitFor()).as(said).isZero();
      try (Stream<Path> files = Files.list(run.resolve(folder))) {
        // Every file but the sums themselves.
        assertThat(said.lines()).hasSize((int) files.count() - 1);
      }
    }
  }

  @Test
  void aCheckpointOfAnEarlierVersionGoesOnAndIsSaidToBeUnchecked() throws IOException {
    Files.delete(checkpoint.resolve(SUMS));
    List<String> said = new ArrayList<>();
    Training.of(plan(), Problem.of(DATA), run).run(new ProgressListener() {
      @Override
      public void cautioned(String sentence) {
        said.add(sentence);
      }
    });
    assertThat(said).hasSize(1);
    assertThat(said.get(0)).contains("no SHA256SUMS", "cannot be checked");
    TrainingPlan fresh = plan().withOptions(RunOptions.DEFAULT);
    Training.of(fresh, Problem.of(DATA), run.resolve("straight")).run(ProgressListener.SILENT);
    assertThat(Sha256.of(checkpoint.resolve("weights.safetensors")))
        .isEqualTo(Sha256.of(run.resolve("straight/checkpoint/weights.safetensors")));
    assertThat(checkpoint.resolve(SUMS)).exists();
  }

  @Test
  void aModelOfAnEarlierVersionIsSaidToBeUnchecked() throws IOException {
    try (TrainedModel checked = load("checkpoint")) {
      assertThat(checked.cautions()).isEmpty();
    }
    Files.delete(checkpoint.resolve(SUMS));
    try (TrainedModel unchecked = load("checkpoint")) {
      assertThat(unchecked.cautions()).hasSize(1).first().asString().contains("no SHA256SUMS");
    }
  }

  @Test
  void weightsOfAnEarlierVersionAreCheckedAgainstTheirDescriptionOnResuming() throws IOException {
    Files.delete(checkpoint.resolve(SUMS));
    flip(checkpoint.resolve("weights.safetensors"));
    assertThatThrownBy(this::resume)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("weights.safetensors has sha256", "model.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/position/epoch | -1",
        "/position/epoch | 0",
        "/position/epoch | 2",
        "/position/epoch | 4",
        "/position/batch | -1",
        "/position/batch | 0",
        "/position/batch | 5",
        "/position/batch | 1.5",
        "/position/rows | -1",
        "/position/rows | 301",
        "/position/lossSum | \"NaN\"",
        "/position/lossSum | \"Infinity\"",
        "/position/lossSum | null",
        "/position | null",
        "/position/more | 1",
        "/plan | null",
        "/plan/lr | null",
        "/epochs | []",
        "/epochs | null",
        "/epochs/0 | null",
        "/epochs/0/epoch | 2",
        "/epochs/0/trainLoss | \"NaN\"",
        "/epochs/0/metrics | {}",
        "/epochs/0/metrics/accuracy | null",
        "/epochs/0/metrics/other | 1",
        "/epochs/0/rate | null",
        "/epochs/0/cost | null",
      })
  void anImpossibleStateIsASentence(String pointer, String value) throws IOException {
    Files.delete(checkpoint.resolve(SUMS));
    Path state = checkpoint.resolve("state.json");
    ObjectNode root = (ObjectNode) JSON.readTree(Files.readString(state));
    int slash = pointer.lastIndexOf('/');
    com.fasterxml.jackson.databind.JsonNode parent = root.at(pointer.substring(0, slash));
    String name = pointer.substring(slash + 1);
    if (parent instanceof ObjectNode object) {
      object.set(name, JSON.readTree(value));
    } else {
      ((com.fasterxml.jackson.databind.node.ArrayNode) parent)
          .set(Integer.parseInt(name), JSON.readTree(value));
    }
    Files.writeString(state, JSON.writeValueAsString(root));
    assertThatThrownBy(this::resume)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("state.json", "--overwrite");
  }

  @Test
  void anyDamageToTheStateOfAnEarlierVersionResumesOrIsASentence() throws IOException {
    Files.delete(checkpoint.resolve(SUMS));
    Path state = checkpoint.resolve("state.json");
    JsonMutations mutations = new JsonMutations(Files.readString(state), 16);
    RunState.Bounds bounds = new RunState.Bounds(3, 5, 300, Set.of("accuracy", "error_rate"));
    int refused = 0;
    for (int i = 0; i < 2_000; i++) {
      String damaged = mutations.next();
      try {
        RunState read = RunState.fromJson(damaged, "state.json");
        read.requirePossible(bounds, "state.json");
        assertThat(RunState.fromJson(read.toJson(), "again")).isEqualTo(read);
      } catch (InvalidInputException e) {
        assertThat(e).hasMessageStartingWith("state.json is damaged: ");
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 1_999);
  }

  private static void flip(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    SplittableRandom random = new SplittableRandom(bytes.length);
    bytes[bytes.length / 4 + random.nextInt(bytes.length / 2)] ^= 1;
    Files.write(file, bytes);
  }
}
