package lapidary.runtime.serving.registry;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a version of a model has done since it was loaded, over all files that it had meanwhile. Immutable. Counters are read one
 * after the other, so that calls under way may be in one and not yet in another.
 *
 * @param success calls that were answered, from call to answer
 * @param failure calls that failed, those rejected not counted
 * @param rejected calls that were too many or waited too long, see {@link lapidary.runtime.serving.OverloadedException}
 * @param waiting single rows that wait now, of this version's model that is ready
 * @param queue single rows that waited for others' runs to end, until their own began
 * @param batches runs of the model by their rows, exact up to 1,024 rows and beyond that by the next power of two; a model that takes
 *     no batches has runs of 1
 * @param last when the last call ended; empty if there was none
 */
public record ModelStatistics(
    Timing success,
    Timing failure,
    long rejected,
    int waiting,
    Timing queue,
    SortedMap<Integer, Timing> batches,
    Optional<Instant> last) {
  /** Copies the map. */
  public ModelStatistics {
    batches = Collections.unmodifiableSortedMap(new TreeMap<>(batches));
  }

  /** Runs of the model, whatever their rows. */
  public Timing compute() {
    return batches.values().stream().reduce(new Timing(0, 0), Timing::plus);
  }

  /** Rows that the model ran. */
  public long rows() {
    return batches.entrySet().stream().mapToLong(ModelStatistics::rows).sum();
  }

  private static long rows(Map.Entry<Integer, Timing> batch) {
    return batch.getKey() * batch.getValue().count();
  }
}
