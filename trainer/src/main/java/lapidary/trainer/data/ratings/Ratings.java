package lapidary.trainer.data.ratings;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.TrainingSplit;
import lapidary.trainer.data.RandomSplit;

/** Ratings as three columns [n]: the user's row, the item's row, the value. Immutable: arrays are copied in and out. Thread-safe. */
public final class Ratings {
  private final int[] users;
  private final int[] items;
  private final float[] values;

  private Ratings(int[] users, int[] items, float[] values) {
    this.users = users;
    this.items = items;
    this.values = values;
  }

  /**
   * Ratings of equal lengths of columns.
   *
   * @throws InvalidInputException if the lengths differ
   */
  public static Ratings of(int[] users, int[] items, float[] values) {
    if (users.length != items.length || users.length != values.length) {
      throw new InvalidInputException(users.length + " users, " + items.length + " items and "
          + values.length + " values do not make ratings; give one of each for a rating");
    }
    return new Ratings(users.clone(), items.clone(), values.clone());
  }

  /**
   * The two parts of ratings.
   *
   * @param train to learn from
   * @param valid to measure on
   * @param division what made them, if that can be told
   */
  public record Parts(Ratings train, Ratings valid, Optional<TrainingSplit> division) {}

  /** The number of ratings. */
  public int count() {
    return values.length;
  }

  /** A copy of the users' rows. */
  public int[] users() {
    return users.clone();
  }

  /** A copy of the items' rows. */
  public int[] items() {
    return items.clone();
  }

  /** A copy of the values. */
  public float[] values() {
    return values.clone();
  }

  /** The SHA-256 of all users' rows, then all items' rows, then all values, 4 bytes each, highest byte first. */
  public String sha256() {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(count(), 3 * Integer.BYTES));
    Arrays.stream(users).forEach(bytes::putInt);
    Arrays.stream(items).forEach(bytes::putInt);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Sha256.of(bytes.array());
  }

  /** The mean value; NaN of no ratings. */
  public double mean() {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> values[i])
        .average()
        .orElse(Double.NaN);
  }

  /** Ratings {@code from} (inclusive) to {@code to} (exclusive). */
  public Ratings slice(int from, int to) {
    return new Ratings(
        Arrays.copyOfRange(users, from, to),
        Arrays.copyOfRange(items, from, to),
        Arrays.copyOfRange(values, from, to));
  }

  /** The chosen ratings, in the order of {@code chosen}. */
  Ratings select(int[] chosen) {
    float[] picked = new float[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      picked[i] = values[chosen[i]];
    }
    return new Ratings(
        Arrays.stream(chosen).map(i -> users[i]).toArray(),
        Arrays.stream(chosen).map(i -> items[i]).toArray(),
        picked);
  }

  /**
   * Sets a random part aside. Both parts keep the order of the ratings.
   *
   * @throws InvalidInputException if one part is empty
   */
  public Parts split(RandomSplit split) {
    int valid = split.aside(count());
    if (valid < 1 || valid >= count()) {
      throw new InvalidInputException("a share of " + split.share() + " of " + count()
          + " ratings leaves one part empty; choose one between 0 and 1, such as 0.2");
    }
    return new Parts(
        select(split.train(count())), select(split.valid(count())), Optional.of(split.told()));
  }

  /**
   * Refuses values that a model whose answers lie between {@code low} and {@code high} cannot reach.
   *
   * @throws InvalidInputException naming the first such value
   */
  public void requireWithin(double low, double high) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] < low || values[i] > high) {
        throw new InvalidInputException("rating " + (i + 1) + " is " + values[i]
            + ", outside the model's range of " + low + " to " + high + "; widen the range");
      }
    }
  }

  /** How many ratings each item's row has, index = row. */
  public int[] itemCounts(int rows) {
    int[] counts = new int[rows];
    for (int item : items) {
      counts[item]++;
    }
    return counts;
  }

  /** The sum of each item's ratings, index = row. */
  double[] itemSums(int rows) {
    double[] sums = new double[rows];
    for (int i = 0; i < items.length; i++) {
      sums[items[i]] += values[i];
    }
    return sums;
  }
}
