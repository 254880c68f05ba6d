package lapidary.search.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.util.List;
import java.util.Map;
import java.util.function.ObjDoubleConsumer;
import java.util.function.ToDoubleFunction;
import lapidary.runtime.serving.registry.ModelStatistics;
import lapidary.runtime.serving.registry.Timing;

/**
 * A series of a model's versions under the name that NVIDIA Triton gives it (its user guide, "Metrics"), so that dashboards made for
 * Triton show it. Counters are shown as untyped: of a type {@code counter} Prometheus' library would end the name with
 * {@code _total}, which Triton's do not.
 *
 * @param name as Triton has it
 * @param help a sentence
 * @param counts whether it only ever grows
 * @param values what is shown, by the label {@code reason} where there are several
 */
record TritonSeries(
    String name,
    String help,
    boolean counts,
    Map<Labels, ToDoubleFunction<ModelStatistics>> values) {
  static final List<TritonSeries> ALL = List.of(
      counter(
          "nv_inference_request_success",
          "Requests that were answered, whatever their rows",
          done -> done.success().count()),
      new TritonSeries(
          "nv_inference_request_failure",
          "Requests that failed, or were rejected because too many waited",
          true,
          Map.of(
              Labels.of("reason", "REJECTED"),
              ModelStatistics::rejected,
              Labels.of("reason", "OTHER"),
              done -> done.failure().count())),
      counter("nv_inference_count", "Rows that the model ran", ModelStatistics::rows),
      counter(
          "nv_inference_exec_count",
          "Runs of the model, each of one row or of a batch",
          done -> done.compute().count()),
      counter(
          "nv_inference_request_duration_us",
          "Microseconds that requests took that were answered",
          done -> micros(done.success())),
      counter(
          "nv_inference_queue_duration_us",
          "Microseconds that rows waited for the runs of others",
          done -> micros(done.queue())),
      counter(
          "nv_inference_compute_infer_duration_us",
          "Microseconds that the model ran; a run that answers several requests counts once",
          done -> micros(done.compute())),
      new TritonSeries(
          "nv_inference_pending_request_count",
          "Requests that wait for the runs of others",
          false,
          Map.of(Labels.EMPTY, ModelStatistics::waiting)));

  private static TritonSeries counter(
      String name, String help, ToDoubleFunction<ModelStatistics> value) {
    return new TritonSeries(name, help, true, Map.of(Labels.EMPTY, value));
  }

  private static double micros(Timing timing) {
    return timing.nanos() / 1e3;
  }

  /** The series of some versions. */
  MetricSnapshot snapshot(Map<Labels, ModelStatistics> versions) {
    return counts ? untyped(versions) : gauge(versions);
  }

  private MetricSnapshot untyped(Map<Labels, ModelStatistics> versions) {
    UnknownSnapshot.Builder series = UnknownSnapshot.builder().name(name).help(help);
    each(
        versions,
        (labels, value) -> series.dataPoint(
            UnknownDataPointSnapshot.builder().labels(labels).value(value).build()));
    return series.build();
  }

  private MetricSnapshot gauge(Map<Labels, ModelStatistics> versions) {
    GaugeSnapshot.Builder series = GaugeSnapshot.builder().name(name).help(help);
    each(
        versions,
        (labels, value) -> series.dataPoint(
            GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
    return series.build();
  }

  private void each(Map<Labels, ModelStatistics> versions, ObjDoubleConsumer<Labels> taker) {
    versions.forEach((labels, done) -> values.forEach(
        (reason, value) -> taker.accept(labels.merge(reason), value.applyAsDouble(done))));
  }
}
