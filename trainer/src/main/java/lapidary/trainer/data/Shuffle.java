package lapidary.trainer.data;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Row numbers in random order. Stateless. */
public final class Shuffle {
  private Shuffle() {}

  /** The numbers from 0 to {@code count} − 1, by Fisher and Yates as Durstenfeld (1964) wrote it. */
  public static int[] of(int count, RandomGenerator random) {
    int[] order = IntStream.range(0, count).toArray();
    for (int i = count - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }
}
