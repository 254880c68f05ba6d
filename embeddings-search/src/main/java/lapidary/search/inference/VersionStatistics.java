package lapidary.search.inference;

import java.time.Instant;
import java.util.List;
import lapidary.runtime.serving.registry.ModelStatistics;
import lapidary.runtime.serving.registry.Timing;

/**
 * What a version of a model has done since it was loaded, in the form that Triton gives it.
 *
 * @param name the model's name
 * @param version in digits
 * @param lastInference when its last request ended, in milliseconds since 1970; 0 if there was none
 * @param inferenceCount rows that it ran
 * @param executionCount runs of the model
 * @param requests over all requests
 * @param batches over all runs of a size, the smallest first
 */
public record VersionStatistics(
    String name,
    String version,
    long lastInference,
    long inferenceCount,
    long executionCount,
    Requests requests,
    List<Batch> batches) {
  /** Copies the list. */
  public VersionStatistics {
    batches = List.copyOf(batches);
  }

  /**
   * What requests took. Copying tensors in and out is part of {@code compute}: it is not measured by itself.
   *
   * @param success those that were answered
   * @param fail those that were not, and in number those that were turned away too
   * @param queue single rows that waited for others' runs
   * @param compute runs of the model
   */
  public record Requests(Timing success, Timing fail, Timing queue, Timing compute) {}

  /**
   * Runs of a size.
   *
   * @param size rows; beyond 1,024 rounded up to a power of two
   * @param compute the runs
   */
  public record Batch(int size, Timing compute) {}

  static VersionStatistics of(String name, long version, ModelStatistics done) {
    Timing compute = done.compute();
    Timing fail =
        new Timing(done.failure().count() + done.rejected(), done.failure().nanos());
    return new VersionStatistics(
        name,
        Long.toString(version),
        done.last().map(Instant::toEpochMilli).orElse(0L),
        done.rows(),
        compute.count(),
        new Requests(done.success(), fail, done.queue(), compute),
        done.batches().entrySet().stream()
            .map(entry -> new Batch(entry.getKey(), entry.getValue()))
            .toList());
  }
}
