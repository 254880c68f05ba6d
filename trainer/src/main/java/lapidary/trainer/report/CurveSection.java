package lapidary.trainer.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import lapidary.trainer.metric.MetricTitle;

/** The plots of losses, metrics, learning rate and momentum. */
final class CurveSection {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 290;

  private final Course course;

  private CurveSection(Course course) {
    this.course = course;
  }

  static String html(Course course) {
    List<LinePlot> plots = new CurveSection(course).plots();
    if (plots.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>Curves</h2>\n<div class=\"plots\">\n");
    plots.forEach(plot ->
        html.append("<figure>\n").append(plot.toSvg(WIDTH, HEIGHT)).append("\n</figure>\n"));
    return html.append("</div>\n</section>\n").toString();
  }

  private List<LinePlot> plots() {
    List<LinePlot> plots = new ArrayList<>();
    if (!course.epochs().isEmpty()) {
      plots.add(losses());
      course.metrics().forEach(name -> plots.add(metric(name)));
    }
    StepHistory steps = course.steps();
    if (!steps.learningRates().isEmpty()) {
      plots.add(overSteps("Learning rate", "learning rate", steps.learningRates()));
    }
    if (!steps.momenta().isEmpty()) {
      plots.add(overSteps("Momentum", "momentum (Adam: beta1)", steps.momenta()));
    }
    return plots;
  }

  private LinePlot losses() {
    List<Series> curves = new ArrayList<>();
    curves.add(perEpoch("training", EpochRow::trainLoss));
    if (course.epochs().stream().anyMatch(row -> row.validLoss().isPresent())) {
      curves.add(perEpoch("validation", row -> row.validLoss().orElse(Double.NaN)));
    }
    ring(row -> row.validLoss().orElse(row.trainLoss()), curves);
    return overEpochs("Loss", "loss", curves);
  }

  private LinePlot metric(String name) {
    ToDoubleFunction<EpochRow> value = row -> row.metrics().getOrDefault(name, Double.NaN);
    List<Series> curves = new ArrayList<>();
    curves.add(perEpoch("validation", value));
    ring(value, curves);
    course.baseline().ifPresent(baseline -> {
      Double level = baseline.metrics().get(name);
      if (level != null) {
        curves.add(Series.level(baseline.answer() + ": " + Figures.of(level), level));
      }
    });
    return overEpochs(
        MetricTitle.first(name) + " on the validation rows", MetricTitle.of(name), curves);
  }

  private void ring(ToDoubleFunction<EpochRow> value, List<Series> curves) {
    course
        .bestRow()
        .ifPresent(row -> curves.add(
            Series.ring("best: epoch " + row.epoch(), row.epoch(), value.applyAsDouble(row))));
  }

  private Series perEpoch(String name, ToDoubleFunction<EpochRow> value) {
    return Series.of(
        name,
        course.epochs().stream().mapToDouble(EpochRow::epoch).toArray(),
        course.epochs().stream().mapToDouble(value).toArray());
  }

  private LinePlot overEpochs(String title, String unit, List<Series> curves) {
    return LinePlot.of(
            title,
            LinePlot.Axis.of("epoch", Scale.COUNT),
            LinePlot.Axis.of(unit, Scale.LINEAR),
            curves)
        .divided(parts(phase -> phase.firstEpoch() - 0.5));
  }

  private LinePlot overSteps(String title, String unit, List<Series> curves) {
    return LinePlot.of(
            title,
            LinePlot.Axis.of("step", Scale.COUNT),
            LinePlot.Axis.of(unit, Scale.LINEAR),
            curves)
        .divided(parts(phase -> phase.firstStep() - 0.5));
  }

  private List<LinePlot.Part> parts(ToDoubleFunction<Course.Phase> from) {
    return course.reached().stream()
        .map(phase -> new LinePlot.Part(from.applyAsDouble(phase), phase.name()))
        .toList();
  }
}
