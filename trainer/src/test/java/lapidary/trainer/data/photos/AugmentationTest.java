package lapidary.trainer.data.photos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.trainer.data.photos.Placement.Draw;
import lapidary.trainer.data.photos.Placement.Zoom;
import org.junit.jupiter.api.Test;

/** Judged by small pictures, never square, whose places are worked out by hand. */
final class AugmentationTest {
  private static final Zoom NO_ZOOM = new Zoom(1, 0, 0);
  /** Two rows of three. */
  private static final Pixels SIX = Pixels.of(1, 2, 3, 1, new byte[] {10, 20, 30, 40, 50, 60});

  @Test
  void aFlipSwapsLeftAndRight() {
    assertThat(new Draw(true, 0, NO_ZOOM, 0, 0).apply(SIX).bytes())
        .containsExactly(30, 20, 10, 60, 50, 40);
    assertThat(new Draw(false, 0, NO_ZOOM, 0, 0).apply(SIX)).isSameAs(SIX);
  }

  @Test
  void halfATurnIsExact() {
    assertThat(new Draw(false, Math.PI, NO_ZOOM, 0, 0).apply(SIX).bytes())
        .containsExactly(60, 50, 40, 30, 20, 10);
    assertThat(new Draw(true, Math.PI, NO_ZOOM, 0, 0).apply(SIX).bytes())
        .containsExactly(40, 50, 60, 10, 20, 30);
  }

  @Test
  void aQuarterTurnGoesAboutTheCentreAndMirrorsWhatIsMissing() {
    // 1×3 (10, 20, 30) would stand upright; of its row only the centre remains, and beside it its
    // mirror images.
    Pixels row = Pixels.of(1, 1, 3, 1, new byte[] {10, 20, 30});
    assertThat(new Draw(false, Math.PI / 2, NO_ZOOM, 0, 0).apply(row).bytes())
        .containsExactly(20, 20, 20);
    // Anticlockwise: the right end goes up.
    Pixels column = new Draw(false, Math.PI / 2, NO_ZOOM, 0, 0)
        .apply(Pixels.of(1, 3, 3, 1, new byte[] {0, 0, 0, 10, 20, 30, 0, 0, 0}));
    assertThat(new int[] {column.at(0, 0, 1, 0), column.at(0, 1, 1, 0), column.at(0, 2, 1, 0)})
        .containsExactly(30, 20, 10);
  }

  @Test
  void aZoomKeepsItsPointAndInterpolates() {
    Pixels row = Pixels.of(1, 1, 4, 1, new byte[] {0, 40, 80, 120});
    // Twice about the centre: centres −1.5 … 1.5 come from −0.75 … 0.75, which is 0.75, 1.25, 1.75,
    // 2.25 in pixels.
    assertThat(new Draw(false, 0, new Zoom(2, 0, 0), 0, 0).apply(row).bytes())
        .containsExactly(30, 50, 70, 90);
    // Twice about the left edge: −0.25 (mirrored), 0.25, 0.75, 1.25.
    assertThat(new Draw(false, 0, new Zoom(2, -1, 0), 0, 0).apply(row).bytes())
        .containsExactly(0, 10, 30, 50);
  }

  @Test
  void aWarpBringsTheFarSideNearer() {
    Placement placement = new Draw(false, 0, NO_ZOOM, 0.25, 0).placement(2, 4);
    // At the right edge, x = 2, w = 1 + 0.125 · 2: it comes from 1.6; the left edge from −2 / 0.75.
    assertThat(1 + placement.g() * 2).isEqualTo(1.25, within(1e-12));
    Pixels row = Pixels.of(1, 1, 4, 1, new byte[] {0, 40, 80, (byte) 128});
    // Centres ±0.5 and ±1.5, w = 0.8125, 0.9375, 1.0625, 1.1875 → −1.846 (mirrored), −0.533, 0.471,
    // 1.263 from the centre.
    assertThat(new Draw(false, 0, NO_ZOOM, 0.25, 0).apply(row).bytes())
        .containsExactly(0, 39, 79, 117);
  }

  @Test
  void lightingKeepsBlackAndWhiteAndMovesTheMiddle() {
    Pixels values = Pixels.of(1, 1, 3, 1, new byte[] {0, 127, (byte) 255});
    // σ(ln 3 + σ⁻¹(127/255)) = 3·127 / (128 + 3·127)
    assertThat(new Lighting(Math.log(3), 1).apply(values).bytes())
        .containsExactly(0, Math.round(255f * 381 / 509), 255);
    assertThat(new Lighting(0, 1).apply(values)).isSameAs(values);
    // Contrast 2: p² / (p² + (1 − p)²) at p = 51 / 255 = 1/5 is 1/17.
    assertThat(new Lighting(0, 2).apply(Pixels.of(1, 1, 1, 1, new byte[] {51})).bytes())
        .containsExactly(15);
  }

  @Test
  void drawnAmountsStayWithinWhatIsAskedFor() {
    Augmentation wanted = new Augmentation(0.5, 10, 1.1, 0.2, 0.2, 1);
    SplittableRandom random = new SplittableRandom(1);
    int flips = 0;
    int straight = 0;
    double steepest = 0;
    for (int i = 0; i < 4_000; i++) {
      Draw draw = Placement.draw(wanted, random);
      flips += draw.flip() ? 1 : 0;
      straight += draw.angle() == 0 ? 1 : 0;
      steepest = Math.max(steepest, Math.abs(draw.angle()));
      assertThat(draw.zoom().factor()).isBetween(1.0, 1.1);
      assertThat(Math.max(Math.abs(draw.warpX()), Math.abs(draw.warpY()))).isLessThanOrEqualTo(0.2);
      Lighting lighting = Lighting.draw(0.2, random);
      assertThat(lighting.contrast()).isBetween(0.8 - 1e-9, 1.25 + 1e-9);
      assertThat(Math.abs(lighting.brightness())).isLessThanOrEqualTo(Math.log(0.6 / 0.4) + 1e-9);
    }
    assertThat(flips / 4_000.0).isCloseTo(0.5, within(0.04));
    assertThat(straight / 4_000.0).isCloseTo(0.25, within(0.04));
    assertThat(Math.toDegrees(steepest)).isBetween(9.8, 10.0);
  }

  @Test
  void aRandomPartHasTheAreaAndSidesAskedFor() {
    // Column x of 40 is 6x, row y of 20 adds nothing: what is cut shows in the first and last
    // column.
    byte[] bytes = new byte[20 * 40];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (6 * (i % 40));
    }
    Pixels photo = Pixels.of(1, 20, 40, 1, bytes);
    ImageInput.Size size = new ImageInput.Size(8, 16, 1);
    SplittableRandom random = new SplittableRandom(5);
    double narrowest = 40;
    for (int i = 0; i < 200; i++) {
      Pixels cut = new AreaCrop(0.25).cut(photo, size, random);
      assertThat(cut.height()).isEqualTo(8);
      assertThat(cut.width()).isEqualTo(16);
      double columns = (cut.at(0, 0, 14, 0) - cut.at(0, 0, 1, 0)) / 6.0 / 13 * 16;
      narrowest = Math.min(narrowest, columns);
      assertThat(columns).isBetween(16.0, 40.5); // √(800 / 4 · 2 · 3/4) = 17.3
    }
    assertThat(narrowest).isLessThan(21);
  }

  @Test
  void withoutAugmentationAPhotoIsWhatServingSees() {
    byte[] png = TinyPhotos.noise(3);
    ImageInput input = ImageInput.resnet(16);
    assertThat(Augmentation.NONE.apply(png, "p", input, new SplittableRandom(1)).bytes())
        .isEqualTo(input.decode(png, "p").bytes());
  }

  @Test
  void oneAmountMoreLeavesTheOthersAsTheyWere() {
    Augmentation lit = new Augmentation(0.5, 0, 1, 0, 0.3, 1);
    for (long seed = 0; seed < 20; seed++) {
      assertThat(Placement.draw(lit, new SplittableRandom(seed)))
          .isEqualTo(Placement.draw(Augmentation.FLIP, new SplittableRandom(seed)));
      assertThat(
              Placement.draw(Augmentation.DEFAULT, new SplittableRandom(seed)).flip())
          .isEqualTo(
              Placement.draw(Augmentation.FLIP, new SplittableRandom(seed)).flip());
    }
  }

  @Test
  void presetsAndAmountsAreText() {
    assertThat(Augmentation.of("none")).isEqualTo(Augmentation.NONE);
    assertThat(Augmentation.of("flip, rotate=15")).isEqualTo(new Augmentation(0.5, 15, 1, 0, 0, 1));
    assertThat(Augmentation.of("zoom=1.2,warp=0.1,lighting=0.3,crop=0.35,flip=0.25"))
        .isEqualTo(new Augmentation(0.25, 0, 1.2, 0.1, 0.3, 0.35));
    assertThat(Augmentation.of(Augmentation.DEFAULT.text())).isEqualTo(Augmentation.DEFAULT);
    assertThatThrownBy(() -> Augmentation.of("flop"))
        .hasMessageStartingWith("unknown augmentation \"flop\"; did you mean \"flip\"?");
    assertThatThrownBy(() -> Augmentation.of("rotat=3"))
        .hasMessageStartingWith("unknown augmentation amount \"rotat\"; did you mean \"rotate\"?");
    assertThatThrownBy(() -> Augmentation.of("rotate=far"))
        .hasMessage("augmentation rotate of \"far\"; give a number, such as 0.2");
  }

  @Test
  void amountsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> Augmentation.of("flip=1.5"))
        .hasMessage("augmentation flip of 1.5; give 0.0 to 1.0");
    assertThatThrownBy(() -> new Augmentation(0, 0, 0.5, 0, 0, 1))
        .hasMessageContaining("zoom of 0.5");
    assertThatThrownBy(() -> new Augmentation(0, 0, 1, 0, Double.NaN, 1))
        .hasMessageContaining("lighting of NaN");
  }
}
