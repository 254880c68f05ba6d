package lapidary.trainer.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.trainer.Fashion;
import lapidary.trainer.ShapePhotos;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.data.tables.RoleRequest;
import lapidary.trainer.data.tables.TableDataset;
import lapidary.trainer.data.tables.TableDatasets;
import lapidary.trainer.data.tables.TableForm;
import lapidary.trainer.data.tables.TableRequest;
import lapidary.trainer.data.tables.TableSplit;
import lapidary.trainer.data.tables.TargetRequest;
import lapidary.trainer.kind.ModelChoice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ProblemTest {
  @TempDir
  private Path folder;

  @ParameterizedTest
  @CsvSource({
    "mnist-logistic, images",
    "mnist-nn, images",
    "resnet18, photos",
    "resnet34, photos",
    "collab, ratings",
    "tabular, tables"
  })
  void otherDataIsRefusedByWhatTheModelLearnsFrom(String name, String own) {
    ModelChoice model = ModelChoice.of(name);
    assertThat(model.learnsFrom()).isEqualTo(own);
    problems().forEach((kind, problem) -> {
      if (kind.equals(own)) {
        assertThat(problem.subject(model, 4).architecture().name()).isEqualTo(name);
      } else {
        assertThatThrownBy(() -> problem.subject(model, 4))
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith(name + " learns from " + own + ", not from " + kind)
            .hasMessageEndingWith(", or give " + own);
      }
    });
  }

  @Test
  void everyDocumentedModelIsTriedAbove() {
    assertThat(Architecture.DOCUMENTED)
        .containsExactlyInAnyOrder(
            "mnist-logistic", "mnist-nn", "mnist-vgg", "resnet18", "resnet34", "collab", "tabular");
  }

  private Map<String, Problem> problems() {
    Map<String, Problem> problems = new LinkedHashMap<>();
    problems.put("images", Problem.of(Fashion.few(20, 10)));
    problems.put(
        "photos", Problem.of(ShapePhotos.write(folder.resolve("photos"), 2), PhotoOptions.DEFAULT));
    problems.put("ratings", Problem.of(ratings()));
    problems.put("tables", Problem.of(table()));
    return problems;
  }

  private static RatingsDataset ratings() {
    return RatingsDatasets.load(
        "ratings-sample",
        RatingColumns.DEFAULT,
        new RatingSplit.ByChance(new RandomSplit(0.2, 1)),
        DataRoots.fromEnvironment(Map.of()));
  }

  private TableDataset table() {
    Path file = folder.resolve("rows.csv");
    try {
      Files.writeString(file, "c,y\na,1.5\nb,2.5\na,3.5\nb,4.5\na,5.5\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return TableDatasets.read(
        file,
        new TableRequest(
            TableForm.FOUND,
            RoleRequest.of("y"),
            TargetRequest.INFERRED,
            new TableSplit.ByChance(new RandomSplit(.2, 1)),
            1,
            List.of()));
  }
}
