package lapidary.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.StringReader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import javax.xml.parsers.DocumentBuilderFactory;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

final class LinePlotTest {
  private static final LinePlot.Axis STEP = LinePlot.Axis.of("step", Scale.COUNT);
  private static final LinePlot.Axis LOSS = LinePlot.Axis.of("loss <&>", Scale.LINEAR);

  @TempDir
  Path folder;

  @Test
  void ticksAreRoundNumbers() {
    assertThat(labels(Scale.LINEAR, 0, 1))
        .containsExactly("0.0", "0.2", "0.4", "0.6", "0.8", "1.0");
    assertThat(labels(Scale.LINEAR, -1e-5, 1e-5)).contains("-1e-5", "0", "4e-6");
    assertThat(labels(Scale.COUNT, 1, 3)).containsExactly("1", "2", "3");
    assertThat(labels(Scale.COUNT, 0, 9380)).contains("0", "2\u2009000", "8\u2009000");
    assertThat(labels(Scale.LOG, -7, 1))
        .containsExactly("1e-7", "1e-6", "1e-5", "1e-4", "1e-3", "1e-2", "1e-1", "1", "1e1");
    assertThat(labels(Scale.LOG, -3, -2)).containsExactly("1e-3", "2e-3", "5e-3", "1e-2");
    assertThat(labels(Scale.MAGNITUDE, 1, 3))
        .containsExactly("10", "20", "50", "100", "200", "500", "1\u2009000");
    assertThat(labels(Scale.MAGNITUDE, Math.log10(0.7), Math.log10(1.5)))
        .contains("0.8", "1.0", "1.2", "1.4");
    assertThat(labels(Scale.MAGNITUDE, -4, 10)).contains("1e-4", "0.01", "100", "1e10");
    assertThat(Scale.scientific(1.05e-3)).isEqualTo("1.05e-3");
    assertThat(Scale.LOG.place(1e-3)).isCloseTo(-3, within(1e-12));
    assertThat(Scale.LOG.place(0)).isNaN();
  }

  @Test
  void aLogarithmicAxisSpacesDecadesEvenly() throws Exception {
    LinePlot plot = LinePlot.of(
        "rates",
        LinePlot.Axis.of("rate", Scale.LOG),
        LOSS,
        List.of(Series.of("loss", new double[] {1e-4, 1e-3, 1e-2}, new double[] {1, 2, 3})));
    String[] points = parse(plot.toSvg(500, 300))
        .getElementsByTagName("svg")
        .item(1)
        .getChildNodes()
        .item(1)
        .getAttributes()
        .getNamedItem("points")
        .getNodeValue()
        .split("[ ,]");
    double[] xy = Arrays.stream(points).mapToDouble(Double::parseDouble).toArray();
    assertThat(xy).hasSize(6);
    assertThat(xy[2] - xy[0]).isCloseTo(xy[4] - xy[2], within(0.11)).isGreaterThan(100);
    assertThat(xy[1] - xy[3]).isCloseTo(xy[3] - xy[5], within(0.11)).isGreaterThan(50);
  }

  @Test
  void valuesThatAreNotFiniteLeaveAGap() throws Exception {
    Series broken = Series.steps("loss", new double[] {1, 2, Double.NaN, 4, 5, 1 / 0.0, 3});
    Document svg = parse(LinePlot.of("t", STEP, LOSS, List.of(broken)).toSvg(500, 300));
    assertThat(svg.getElementsByTagName("svg").item(1).getChildNodes().getLength())
        .as("two lines and five dots, with line breaks between")
        .isEqualTo(2 * 7 + 1);
  }

  @Test
  void nothingFiniteOrOneValueStillDraws() throws Exception {
    for (double[] values :
        new double[][] {{}, {Double.NaN}, {0.5}, {0, 0, 0}, {3, 3}, {5, 5 + 1e-15}}) {
      LinePlot plot = LinePlot.of("t", STEP, LOSS, List.of(Series.steps("loss", values)));
      assertThat(parse(plot.toSvg(500, 300)).getElementsByTagName("text").getLength())
          .isGreaterThan(3);
      assertThat(plot.toSvg(500, 300)).doesNotContain("NaN,", "Infinity", ",NaN");
    }
  }

  @Test
  void aThinnedCurveKeepsItsPeaks() {
    double[] values = new double[100_000];
    values[54_321] = 7;
    values[77_777] = -7;
    Series thin = Series.steps("loss", values).thinned(500);
    double[] kept = new double[thin.size()];
    Arrays.setAll(kept, thin::y);
    assertThat(kept.length).isLessThanOrEqualTo(1000);
    assertThat(kept).contains(7, -7);
    assertThat(Series.steps("loss", new double[1000]).thinned(500).size()).isEqualTo(1000);
  }

  @Test
  void theFindersPictureShowsItsCurvesAndItsSuggestion() throws Exception {
    double[] rates = {1e-7, 1e-5, 1e-3, 1e-1, 10};
    double[] losses = {2.3, 2.3, 1.5, 1, 900};
    LinePlot plot = LearningRatePlot.of(rates, losses, losses, OptionalDouble.of(3e-3));
    assertThat(plot.toSvg(760, 420)).contains("suggestion 3e-3", ">learning rate<", ">1e-5<");
    assertThat(plot.y().limit()).as("the divergence does not squeeze the rest").hasValue(4.0);
    LearningRatePlot.write(folder.resolve("lr.svg"), rates, losses, losses, OptionalDouble.empty());
    assertThat(folder.resolve("lr.svg")).content().startsWith("<svg ").endsWith("</svg>\n");
  }

  @Test
  void anotherEndingOrOtherLengthsAreRefused() {
    LinePlot plot = LinePlot.of("t", STEP, LOSS, List.of());
    assertThatThrownBy(() -> plot.write(folder.resolve("plot.png")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("plot.png")
        .hasMessageContaining("name a file that ends in .svg");
    assertThatThrownBy(() -> Series.of("loss", new double[2], new double[3]))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("curve loss has 2 places and 3 values");
  }

  private static List<String> labels(Scale scale, double low, double high) {
    return scale.ticks(low, high).stream().map(Scale.Tick::label).toList();
  }

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }
}
