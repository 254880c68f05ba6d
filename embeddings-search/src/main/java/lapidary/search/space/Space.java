package lapidary.search.space;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import lapidary.search.store.Population;

/**
 * All items of a population at one moment, placed. Items have indices, 0 to count − 1, in the order of adding, whatever becomes of the
 * population since. Thread-safe.
 */
public final class Space {
  /** Colourings that are kept: a byte an item each. */
  private static final int COLOURINGS = 4;

  private static final int VERSION_BYTES = 8;

  private final Method method;
  private final long[] numbers;
  private final Points points;
  private final String version;
  private final Map<Optional<String>, Colouring> colourings = new LinkedHashMap<>(8, .75f, true) {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<Optional<String>, Colouring> eldest) {
      return size() > COLOURINGS;
    }
  };

  private Space(Method method, long[] numbers, Points points) {
    this.method = method;
    this.numbers = numbers;
    this.points = points;
    this.version = version(numbers, points);
  }

  /**
   * Places the items of a population.
   *
   * @throws lapidary.models.InvalidInputException if they are too few or too many for a method, or all in one place
   */
  public static Space of(Population population, Method method) {
    return of(population, method, new Progress());
  }

  /** @param progress is told how far it is, as far as the method knows */
  static Space of(Population population, Method method, Progress progress) {
    method.require(population);
    return new Space(method, population.numbers(), Points.of(method.layout(population, progress)));
  }

  private static String version(long[] numbers, Points points) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES * numbers.length);
      bytes.asLongBuffer().put(numbers);
      digest.update(bytes);
      byte[] all = digest.digest(points.bytes(0, points.count()));
      return HexFormat.of().formatHex(Arrays.copyOf(all, VERSION_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** How items got their places. */
  public Method method() {
    return method;
  }

  /** Tells it from others: the same items at the same places have the same version, in whatever process. */
  public String version() {
    return version;
  }

  /** Where the items are. */
  public Points points() {
    return points;
  }

  /** Whether it is of these items. */
  boolean isOf(long[] others) {
    return Arrays.equals(numbers, others);
  }

  /** The number of an item in its population. */
  public long number(int index) {
    return numbers[index];
  }

  /** The index of an item by its number; empty if it was added, or replaced, since. */
  public OptionalInt index(long number) {
    int index = Arrays.binarySearch(numbers, number);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /**
   * Codes to colour the items by, as they were when these were first asked for.
   *
   * @param attribute its name; empty for the label
   * @param population the one that was placed, now
   */
  public Colouring colouring(Optional<String> attribute, Population population) {
    synchronized (colourings) {
      return colourings.computeIfAbsent(attribute, unused -> painted(attribute, population));
    }
  }

  private Colouring painted(Optional<String> attribute, Population population) {
    Painter painter = new Painter(numbers.length);
    int[] indices = Arrays.stream(population.numbers())
        .mapToInt(number -> index(number).orElse(-1))
        .toArray();
    Population.Visit visit = (value, places) ->
        painter.value(value, Arrays.stream(places).map(place -> indices[place]).toArray());
    attribute.ifPresentOrElse(
        name -> population.values(name, visit), () -> population.labels(visit));
    return painter.paint();
  }

  int count() {
    return numbers.length;
  }
}
