package lapidary.trainer.engine;

import java.util.SplittableRandom;

/**
 * Seeds derived from one: a purpose and a counter name a stream of random numbers, so that nothing random has to be saved to
 * resume a run, and one stream never disturbs another.
 */
public final class Seeds {
  /** What random numbers are for. */
  public enum Purpose {
    WEIGHTS(1),
    BATCH_ORDER(2),
    ENGINE(3),
    RATE_FINDER(4),
    ROWS(5),
    MIX(6);

    private final int number;

    Purpose(int number) {
      this.number = number;
    }
  }

  private Seeds() {}

  /** A seed for {@code purpose} number {@code counter}, by the finaliser of SplitMix64 (Steele et al. 2014). */
  public static long derive(long seed, Purpose purpose, long counter) {
    return mix(mix(mix(seed) + purpose.number) + counter);
  }

  /** The stream of {@code purpose} number {@code counter}. */
  public static SplittableRandom random(long seed, Purpose purpose, long counter) {
    return new SplittableRandom(derive(seed, purpose, counter));
  }

  private static long mix(long value) {
    long z = value + 0x9e3779b97f4a7c15L;
    z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
    z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
    return z ^ z >>> 31;
  }
}
