package lapidary.trainer.kind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lapidary.models.Architecture;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelCard;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelChoiceTest {
  @Test
  void thereIsOneKindForEachDocumentedModelInTheirOrder() {
    assertThat(ModelChoice.documented())
        .extracting(ModelChoice::name)
        .containsExactlyElementsOf(Architecture.DOCUMENTED);
    assertThat(Architecture.DOCUMENTED)
        .allMatch(name -> ModelCard.documented(name).isPresent());
  }

  static java.util.List<ImageModel> images() {
    return ImageModel.documented();
  }

  @ParameterizedTest
  @MethodSource("images")
  void aSizeIsChosenByTheSettingsThatAModelHas(ImageModel model) {
    model.settings().forEach(setting -> {
      ImageModel larger = model.with(setting.name(), setting.value() + 1);
      assertThat(larger).isNotEqualTo(model);
      assertThat(larger.hyperParameters())
          .containsEntry(setting.name(), Integer.toString(setting.value() + 1));
    });
    assertThatThrownBy(() -> model.with("depth of the sea", 5))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(model.name() + " has no depth of the sea to choose; omit it");
  }

  @Test
  void aHiddenWidthIsForOneModelOnly() {
    assertThat(((ImageModel) ModelChoice.of("mnist-nn")).with("hidden", 5))
        .isEqualTo(new ImageModel.OneHiddenLayer(5));
    assertThatThrownBy(() -> ((ImageModel) ModelChoice.of("mnist-logistic")).with("hidden", 5))
        .hasMessage("mnist-logistic has no hidden to choose; omit it");
  }
}
