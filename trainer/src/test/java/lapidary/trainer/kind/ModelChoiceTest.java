package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ModelChoiceTest {
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
    List<String> kinds = List.of("images", "photos", "ratings", "tables");
    List<Runnable> uses = List.of(
        () -> model.architecture(4, 2),
        () -> model.residual(2),
        () -> model.recommender(2, 2),
        model::table);
    for (int i = 0; i < kinds.size(); i++) {
      Runnable use = uses.get(i);
      if (kinds.get(i).equals(own)) {
        use.run();
      } else {
        assertThatThrownBy(use::run)
            .isInstanceOf(InvalidInputException.class)
            .hasMessageStartingWith(name + " learns from " + own + ", not from " + kinds.get(i))
            .hasMessageEndingWith(", or give " + own);
      }
    }
  }

  @Test
  void everyDocumentedModelIsTriedAbove() {
    assertThat(Architecture.DOCUMENTED)
        .containsExactlyInAnyOrder(
            "mnist-logistic", "mnist-nn", "resnet18", "resnet34", "collab", "tabular");
  }

  @Test
  void aHiddenWidthIsForOneModelOnly() {
    assertThatThrownBy(() -> new ModelChoice("tabular", 5))
        .hasMessage("tabular has several hidden layers, not one width; give its layers instead");
    assertThatThrownBy(() -> new ModelChoice("resnet18", 5))
        .hasMessage("resnet18 has no hidden layer to choose the width of; omit it");
  }
}
