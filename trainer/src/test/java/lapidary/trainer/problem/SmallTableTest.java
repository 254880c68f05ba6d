package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import lapidary.trainer.ProgressListener;
import lapidary.trainer.Training;
import lapidary.trainer.TrainingPlan;
import lapidary.trainer.TrainingResult;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableForm;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import lapidary.trainer.kind.Recipe;
import lapidary.trainer.kind.TableModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Invented houses: log-normal prices by area, district, rooms and date, with noise whose mean absolute size is .064. */
final class SmallTableTest {
  private static final int ROWS = 3_000;

  @TempDir
  private Path folder;

  private static Recipe documented() {
    return TrainingPlan.of("tabular").recipe();
  }

  @Test
  void manyRowsKeepTheDocumentedRecipe() {
    for (int rows : new int[] {8_000, 32_561, 72_100}) {
      assertThat(TableModel.suited(documented(), rows)).isEqualTo(documented());
    }
  }

  @Test
  void fewRowsGetStepsEnough() {
    assertThat(steps(7_999)).isEqualTo(625);
    assertThat(steps(2_400)).isEqualTo(380);
    assertThat(steps(800)).isEqualTo(377);
    assertThat(steps(240)).isEqualTo(200);
    assertThat(TableModel.suited(documented(), 2).epochs()).isEqualTo(50);
    Recipe suited = TableModel.suited(documented(), 2_400);
    assertThat(suited.batch()).isEqualTo(64);
    assertThat(suited.epochs()).isEqualTo(10);
    assertThat(suited.withBatch(documented().batch()).withFit(documented().fit()))
        .isEqualTo(documented());
  }

  private static int steps(int rows) {
    Recipe suited = TableModel.suited(documented(), rows);
    return suited.epochs() * ((rows + suited.batch() - 1) / suited.batch());
  }

  @Test
  void threeThousandHousesAreLearnedByTheRecipeThatSuitsThem() throws IOException {
    Problem problem = Problem.of(TableDatasets.read(
        houses(),
        new TableRequest(
            TableForm.FOUND,
            RoleRequest.of("price"),
            TargetRequest.INFERRED,
            new TableSplit.ByChance(new RandomSplit(.2, 42)),
            1,
            List.of())));
    double before = mape(problem, documented());
    double after = mape(problem, problem.suited(documented()));
    assertThat(before).isGreaterThan(.2);
    assertThat(after).isLessThan(.11);
  }

  private double mape(Problem problem, Recipe recipe) throws IOException {
    TrainingResult result = Training.of(
            TrainingPlan.of("tabular").withRecipe(recipe),
            problem,
            Files.createTempDirectory(folder, "run"))
        .run(new ProgressListener() {});
    return result.epochs().get(recipe.epochs() - 1).metric("mape").orElseThrow();
  }

  private Path houses() throws IOException {
    Random random = new Random(1);
    double[] districts = random.doubles(12, -.6, .6).toArray();
    List<String> lines = new ArrayList<>(List.of("area,district,rooms,sold,price"));
    for (int i = 0; i < ROWS; i++) {
      int district = random.nextInt(districts.length);
      double area = Math.exp(4.4 + .4 * random.nextGaussian());
      long rooms = Math.max(1, Math.min(8, Math.round(area / 28 + .7 * random.nextGaussian())));
      int day = random.nextInt(6 * 365);
      double price = Math.exp(8
          + .9 * Math.log(area)
          + districts[district]
          + .04 * rooms
          + .06 * day / 365
          + .08 * random.nextGaussian());
      lines.add(String.format(
          Locale.ROOT,
          "%.1f,D%d,%d,%s,%.0f",
          area,
          district,
          rooms,
          LocalDate.of(2018, 1, 1).plusDays(day),
          price));
    }
    return Files.write(folder.resolve("houses.csv"), lines);
  }
}
