package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;
import lapidary.models.Tabular;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableForm;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import lapidary.trainer.problem.Problem;
import lapidary.trainer.schedule.FitPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged descriptions of checkpoints of earlier versions, whose files had no digests: they load, or give a sentence. None asks for
 * more memory than its weights need.
 */
final class DamagedDescriptionTest {
  private static final int DAMAGES = 200;

  @TempDir
  private Path folder;

  @Test
  void ofATable() throws IOException {
    List<String> lines = new ArrayList<>(List.of("c,n,d,y"));
    for (int i = 0; i < 120; i++) {
      lines.add("v" + i % 5 + "," + (i % 11 == 0 ? "" : i * .5) + ",2024-0" + (1 + i % 9) + "-11,"
          + (20 + i % 7));
    }
    TableRequest request = new TableRequest(
        TableForm.FOUND,
        RoleRequest.of("y"),
        TargetRequest.INFERRED,
        new TableSplit.ByChance(new RandomSplit(.2, 1)),
        1,
        List.of());
    Path run = folder.resolve("table");
    TrainingPlan plan = TrainingPlan.of(Tabular.NAME);
    Training.of(
            oneEpoch(plan),
            Problem.of(TableDatasets.read(Files.write(folder.resolve("t.csv"), lines), request)),
            run)
        .run(ProgressListener.SILENT);
    assertLoadsOrIsSaid(run, "model.json");
  }

  @Test
  void ofARecommender() throws IOException {
    Path run = folder.resolve("ratings");
    Training.of(
            oneEpoch(TrainingPlan.of("collab")),
            Problem.of(RatingsDatasets.load(
                "ratings-sample",
                RatingColumns.DEFAULT,
                new RatingSplit.ByChance(new RandomSplit(.2, 1)),
                DataRoots.fromEnvironment(Map.of()))),
            run)
        .run(ProgressListener.SILENT);
    assertLoadsOrIsSaid(run, "model.json");
    assertLoadsOrIsSaid(run, "catalogue.json");
  }

  @Test
  void ofImages() throws IOException {
    Path run = folder.resolve("images");
    Training.of(oneEpoch(TrainingPlan.of("mnist-nn")), Problem.of(Fashion.few(60, 20)), run)
        .run(ProgressListener.SILENT);
    assertLoadsOrIsSaid(run, "model.json");
  }

  @Test
  void aSizeThatTheWeightsDoNotFillIsRefusedBeforeMemoryIsTaken() throws IOException {
    Path run = folder.resolve("images");
    Training.of(oneEpoch(TrainingPlan.of("mnist-nn")), Problem.of(Fashion.few(60, 20)), run)
        .run(ProgressListener.SILENT);
    Files.delete(run.resolve("checkpoint/SHA256SUMS"));
    Path model = run.resolve("checkpoint/model.json");
    Files.writeString(
        model, Files.readString(model).replace("\"hidden\" : 50", "\"hidden\" : 2147483647"));
    assertThatThrownBy(() -> Checkpoint.load(run))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("hidden=2147483647", "more than");
  }

  private static TrainingPlan oneEpoch(TrainingPlan plan) {
    FitPlan fit = plan.recipe().fit();
    return plan.withRecipe(plan.recipe().withFit(new FitPlan(1, fit.rates(), fit.schedule())));
  }

  private static void assertLoadsOrIsSaid(Path run, String name) throws IOException {
    Files.deleteIfExists(run.resolve("checkpoint/SHA256SUMS"));
    Path file = run.resolve("checkpoint").resolve(name);
    String whole = Files.readString(file);
    JsonMutations mutations = new JsonMutations(whole, 17);
    int refused = 0;
    for (int i = 0; i < DAMAGES; i++) {
      String damaged = mutations.next();
      Files.writeString(file, damaged);
      try (TrainedModel loaded = Checkpoint.load(run)) {
        assertThat(loaded.network().parameters()).isNotEmpty();
      } catch (InvalidInputException e) {
        assertThat(e.getMessage()).as(damaged).isNotBlank();
        refused++;
      }
    }
    Files.writeString(file, whole);
    assertThat(refused).isBetween(DAMAGES / 4, DAMAGES - 1);
  }
}
