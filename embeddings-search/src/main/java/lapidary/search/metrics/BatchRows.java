package lapidary.search.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.DoubleStream;
import lapidary.runtime.serving.registry.ModelStatistics;

/** How many rows the runs of each version had, which Triton does not show. Stateless. */
final class BatchRows {
  /** Powers of two up to 1,024, beyond which nothing is exact, and all. */
  private static final double[] BOUNDS = DoubleStream.concat(
          DoubleStream.iterate(1, bound -> bound <= 1_024, bound -> 2 * bound),
          DoubleStream.of(Double.POSITIVE_INFINITY))
      .toArray();

  private BatchRows() {}

  static HistogramSnapshot snapshot(Map<Labels, ModelStatistics> versions) {
    HistogramSnapshot.Builder histogram = HistogramSnapshot.builder()
        .name("lapidary_batch_rows")
        .help("Runs of the model by their rows");
    versions.forEach((labels, done) -> histogram.dataPoint(HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets(done))
        .sum((double) done.rows())
        .build()));
    return histogram.build();
  }

  private static ClassicHistogramBuckets buckets(ModelStatistics done) {
    Long[] counts = new Long[BOUNDS.length];
    Arrays.fill(counts, 0L);
    done.batches().forEach((rows, runs) -> counts[bucket(rows)] += runs.count());
    return ClassicHistogramBuckets.of(BOUNDS, counts);
  }

  private static int bucket(int rows) {
    int found = Arrays.binarySearch(BOUNDS, rows);
    return found >= 0 ? found : -found - 1;
  }
}
