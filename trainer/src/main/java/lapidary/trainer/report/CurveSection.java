package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The plots of losses, metrics, learning rate and momentum. */
final class CurveSection {
  private static final int WIDTH = 540;
  private static final int HEIGHT = 320;

  private CurveSection() {}

  static String html(List<EpochRow> epochs, StepHistory steps) {
    List<LinePlot> plots = new ArrayList<>();
    if (!epochs.isEmpty()) {
      plots.add(losses(epochs));
      epochs.get(0).metrics().keySet().forEach(name -> plots.add(metric(name, epochs)));
    }
    if (!steps.learningRates().isEmpty()) {
      plots.add(overSteps("Learning rate", "learning rate", steps.learningRates()));
    }
    if (!steps.momenta().isEmpty()) {
      plots.add(overSteps("Momentum", "momentum (Adam: beta1)", steps.momenta()));
    }
    return plots.isEmpty() ? "" : section(plots);
  }

  private static String section(List<LinePlot> plots) {
    StringBuilder html = new StringBuilder("<section>\n<h2>Curves</h2>\n<div class=\"plots\">\n");
    plots.forEach(plot ->
        html.append("<figure>\n").append(plot.toSvg(WIDTH, HEIGHT)).append("\n</figure>\n"));
    return html.append("</div>\n</section>\n").toString();
  }

  private static LinePlot losses(List<EpochRow> epochs) {
    List<Series> curves = new ArrayList<>();
    curves.add(perEpoch("training", epochs, EpochRow::trainLoss));
    if (epochs.stream().anyMatch(row -> row.validLoss().isPresent())) {
      curves.add(perEpoch("validation", epochs, row -> row.validLoss().orElse(Double.NaN)));
    }
    return LinePlot.of("Loss", epochAxis(), LinePlot.Axis.of("loss", Scale.LINEAR), curves);
  }

  private static LinePlot metric(String name, List<EpochRow> epochs) {
    Series curve =
        perEpoch("validation", epochs, row -> row.metrics().getOrDefault(name, Double.NaN));
    String words = name.replace('_', ' ');
    String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    return LinePlot.of(
        title + " on the validation rows",
        epochAxis(),
        LinePlot.Axis.of(words, Scale.LINEAR),
        List.of(curve));
  }

  private static Series perEpoch(
      String name, List<EpochRow> epochs, ToDoubleFunction<EpochRow> value) {
    return Series.of(
        name,
        epochs.stream().mapToDouble(EpochRow::epoch).toArray(),
        epochs.stream().mapToDouble(value).toArray());
  }

  private static LinePlot.Axis epochAxis() {
    return LinePlot.Axis.of("epoch", Scale.COUNT);
  }

  private static LinePlot overSteps(String title, String unit, List<Series> curves) {
    return LinePlot.of(
        title, LinePlot.Axis.of("step", Scale.COUNT), LinePlot.Axis.of(unit, Scale.LINEAR), curves);
  }
}
