package lapidary.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lapidary.models.ImageInput.ResizeRule;
import org.junit.jupiter.api.Test;

final class ResizeRuleTest {
  @Test
  void theShortSideIsScaledAndTheCentreCut() {
    // 4×8 with every column its own value, to 2×2 out of 4 × 8 (ratio 2): columns 3 and 4 of rows 1
    // and 2.
    ImageInput input = input(2, 2, ResizeRule.crop(2));
    assertThat(input.fit(columns(4, 8)).bytes()).containsExactly(30, 40, 30, 40);
    // Upright: the width is the short side. 8×4 becomes 8×4, rows 3 and 4, columns 1 and 2.
    assertThat(input.fit(columns(8, 4)).bytes()).containsExactly(10, 20, 10, 20);
  }

  @Test
  void anUnevenRestIsCutAsTorchvisionCutsIt() {
    // 4×7 to 4×4: (7 − 4) / 2 = 1.5 is rounded to the even 2; 4×9: 2.5 is rounded to 2.
    ImageInput input = input(4, 4, ResizeRule.crop(1));
    assertThat(input.fit(columns(4, 7)).at(0, 0, 0, 0)).isEqualTo(20);
    assertThat(input.fit(columns(4, 9)).at(0, 0, 0, 0)).isEqualTo(20);
  }

  @Test
  void aWantedOblongIsCovered() {
    // 6×6 to 2×3 at ratio 1: the width rules, 6×6 becomes 3×3, whose middle 2 of 3 rows, (3 − 2) /
    // 2 = 0.5 → 0, are kept.
    ImageInput input = input(2, 3, ResizeRule.crop(1));
    Pixels fitted = input.fit(columns(6, 6));
    assertThat(fitted.height()).isEqualTo(2);
    assertThat(fitted.width()).isEqualTo(3);
    assertThat(fitted.at(0, 1, 1, 0)).isEqualTo(25); // the middle of 20 and 30
  }

  @Test
  void veryLongPicturesAreCutToo() {
    Pixels thin = Pixels.of(1, 1, 300_000, 1, new byte[300_000]);
    assertThat(input(16, 16, ResizeRule.crop(1.14)).fit(thin).width()).isEqualTo(16);
    assertThat(input(9, 5, ResizeRule.STRETCH).fit(thin).height()).isEqualTo(9);
  }

  @Test
  void rulesAreTextInTheMetadata() {
    for (ResizeRule rule : List.of(ResizeRule.STRETCH, ResizeRule.crop(1.14))) {
      ModelDescription description = described(rule);
      assertThat(DescriptionCodec.fromJson(DescriptionCodec.toJson(description), "model.json"))
          .isEqualTo(description);
    }
    assertThat(DescriptionCodec.toJson(described(ResizeRule.STRETCH)))
        .contains("\"resize\" : \"STRETCH\"");
    assertThat(DescriptionCodec.toJson(described(ResizeRule.crop(1.14))))
        .contains("\"resize\" : \"CROP 1.14\"");
  }

  @Test
  void unknownRulesAndRatiosAreRefused() {
    String json = DescriptionCodec.toJson(described(ResizeRule.STRETCH));
    assertThatThrownBy(
            () -> DescriptionCodec.fromJson(json.replace("STRETCH", "SQUASH"), "model.json"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("model.json is damaged")
        .hasMessageContaining("resize rule \"SQUASH\"; known are STRETCH and CROP with a ratio");
    assertThatThrownBy(() -> ResizeRule.of("CROP wide")).hasMessageContaining("CROP wide");
    assertThatThrownBy(() -> ResizeRule.crop(0.5))
        .hasMessage("a crop out of 0.5 times the size; give a ratio from 1 to 10");
    assertThatThrownBy(() -> ResizeRule.crop(Double.NaN)).hasMessageContaining("NaN");
  }

  @Test
  void theResNetInputIsTorchvisions() {
    ImageInput input = ImageInput.resnet(224).withSize(128, 192);
    assertThat(input.networkShape()).containsExactly(3L, 128L, 192L);
    assertThat(input.resize()).isEqualTo(ResizeRule.crop(1.14));
    assertThat(input.normalization().mean()).containsExactly(0.485f, 0.456f, 0.406f);
    assertThat(input.normalization().std()).containsExactly(0.229f, 0.224f, 0.225f);
    assertThatThrownBy(() -> input.fit(columns(3, 4)))
        .hasMessage("a picture of 1 channels does not fit input pixels of 3");
  }

  private static ImageInput input(int height, int width, ResizeRule rule) {
    return ImageInput.flatGrey(height, width, Normalization.unit()).withResize(rule);
  }

  /** Every column its own value: 0, 10, 20, … */
  private static Pixels columns(int height, int width) {
    byte[] bytes = new byte[height * width];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (10 * (i % width));
    }
    return Pixels.of(1, height, width, 1, bytes);
  }

  private static ModelDescription described(ResizeRule rule) {
    ModelDescription any = DescriptionCodecTest.DESCRIPTION;
    return new ModelDescription(
        any.architecture(),
        any.task(),
        any.labels(),
        new Signature(List.of(input(3, 4, rule)), any.signature().outputs()),
        any.provenance(),
        any.evidence());
  }
}
