package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lapidary.models.InvalidInputException;
import lapidary.models.Labels;
import lapidary.models.Pixels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReportTest {
  private static final Labels LABELS = new Labels(List.of("cat & dog", "<eel>"));
  private static final Pixels GREY = Pixels.of(1, 2, 3, 1, new byte[] {0, 50, 100, -106, -56, -1});

  @TempDir
  Path folder;

  @Test
  void thePageNeedsNothingElse() {
    String html = Report.toHtml(data());
    assertThat(html).doesNotContain("<script", "<link", "@import", "url(", "file:");
    assertThat(Pattern.compile("(?:src|href)=\"(?!data:)").matcher(html).find()).isFalse();
    assertThat(html.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http");
  }

  @Test
  void itShowsEveryCurveOnce() {
    String html = Report.toHtml(data());
    assertThat(html.split("<svg xmlns", -1)).hasSize(1 + 4);
    assertThat(html)
        .contains(">Loss<", ">Accuracy on the validation rows<")
        .contains(">Learning rate<", ">Momentum<")
        .contains("validation at epoch 2: 0.40000");
  }

  @Test
  void itShowsConfusionsByTruthAndAnswer() {
    String html = Report.toHtml(data());
    assertThat(html)
        .contains("3 validation rows, 33.3 % right.")
        .contains("title=\"cat &amp; dog taken for &lt;eel&gt;: 2 of 3\">2</td>")
        .contains("cat &amp; dog <i>taken for</i> &lt;eel&gt;");
  }

  @Test
  void picturesAreTheImagesThemselves() throws Exception {
    Matcher picture =
        Pattern.compile("data:image/png;base64,([^\"]+)").matcher(Report.toHtml(data()));
    assertThat(picture.find()).isTrue();
    byte[] png = Base64.getDecoder().decode(picture.group(1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(3);
    assertThat(image.getHeight()).isEqualTo(2);
    assertThat(IntStream.range(0, 6).map(i -> image.getRaster().getSample(i % 3, i / 3, 0)))
        .containsExactly(0, 50, 100, 150, 200, 255);
  }

  @Test
  void colourPicturesKeepTheirChannels() throws Exception {
    Pixels rgb = Pixels.of(2, 1, 1, 3, new byte[] {9, 9, 9, 10, 20, 30});
    String uri = DataUri.of(rgb, 1);
    byte[] png = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    assertThat(ImageIO.read(new ByteArrayInputStream(png)).getRGB(0, 0)).isEqualTo(0xff0a141e);
  }

  @Test
  void namesAndFactsCannotBreakThePage() {
    String html = Report.toHtml(data());
    assertThat(html).doesNotContain("<eel>", "<b>run</b>", "cat & dog");
    assertThat(html).contains("<dt>note</dt><dd>&lt;b&gt;run&lt;/b&gt; &#39;1&#39;</dd>");
  }

  @Test
  void aRunWithoutEpochsOrClassesHasAReportToo() {
    ReportData empty =
        new ReportData("empty", Map.of(), List.of(), StepHistory.NONE, Optional.empty());
    assertThat(Report.toHtml(empty))
        .contains("No epoch has ended yet.")
        .doesNotContain("<svg", "<table", "<h2>");
  }

  @Test
  void equalDataGivesEqualBytes() {
    Report.write(folder.resolve("a.html"), data());
    Report.write(folder.resolve("b.html"), data());
    assertThat(folder.resolve("a.html")).hasSameBinaryContentAs(folder.resolve("b.html"));
  }

  @Test
  void aMistakeIsShownByItsOwnPicture() {
    Mistake mistake = new Mistake(7, 0, 0, 1, 1);
    assertThatThrownBy(() -> new TopLoss(mistake, Pixels.of(2, 1, 1, 1, new byte[2])))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("row 7 has 2 pictures");
  }

  @Test
  void figuresAreShort() {
    assertThat(Figures.of(0.31274)).isEqualTo("0.3127");
    assertThat(Figures.of(12.414)).isEqualTo("12.41");
    assertThat(Figures.of(2.064e-6)).isEqualTo("2.06e-6");
    assertThat(Figures.of(0)).isEqualTo("0.0000");
    assertThat(Figures.of(Double.NaN)).isEqualTo("NaN");
    assertThat(Figures.of(Double.POSITIVE_INFINITY)).isEqualTo("∞");
    assertThat(Figures.duration(7.12)).isEqualTo("7.1 s");
    assertThat(Figures.duration(187)).isEqualTo("3 min 7 s");
    assertThat(Figures.duration(7300)).isEqualTo("2 h 1 min");
    assertThat(Figures.percent(Double.NaN)).isEqualTo("–");
  }

  private static ReportData data() {
    List<EpochRow> epochs = List.of(
        new EpochRow(1, 0.9, OptionalDouble.of(0.5), Map.of("accuracy", 0.8), 1),
        new EpochRow(2, 0.7, OptionalDouble.of(0.4), Map.of("accuracy", 0.9), 1));
    double[] values = {3, 2, 1, 1};
    StepHistory steps = new StepHistory(
        List.of(Series.steps("body", values), Series.steps("head", values)),
        List.of(Series.steps("all", values)));
    ConfusionMatrix confusion =
        ConfusionMatrix.of(LABELS, new int[] {0, 0, 0}, new int[] {0, 1, 1});
    TopLoss top = new TopLoss(new Mistake(17, 0, 1, 3.2, 0.04), GREY);
    return new ReportData(
        "mnist-nn",
        Map.of("note", "<b>run</b> '1'"),
        epochs,
        steps,
        Optional.of(new ClassAnswers(confusion, List.of(top))));
  }
}
