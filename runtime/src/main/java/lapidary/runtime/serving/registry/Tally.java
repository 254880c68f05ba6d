package lapidary.runtime.serving.registry;

import java.util.concurrent.atomic.LongAdder;

/** Counts and adds up times. Thread-safe. */
final class Tally {
  private final LongAdder count = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void add(long time) {
    count.increment();
    nanos.add(time);
  }

  Timing timing() {
    return new Timing(count.sum(), nanos.sum());
  }
}
