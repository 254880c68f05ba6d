package lapidary.search.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.MomentText;

/**
 * Gathers the values of an attribute and where they are, and makes codes of them. Numbers and dates of many values become a scale, by rank,
 * so that a few large ones do not take all of its colours; all else becomes classes. An item with a list is coloured by the most frequent
 * of its values. Not thread-safe.
 */
final class Painter {
  /** Classes that have codes of their own. */
  private static final int MOST = 254;

  private static final int OTHERS = 255;
  private static final int LARGEST = 255;
  /** From so many values on numbers are a scale. */
  private static final int SCALE_FROM = 13;

  private static final int QUARTERS = 4;

  private final int items;
  private final List<Found> found = new ArrayList<>();

  /** A value and where it is. */
  private static final class Found {
    private final AttributeValue.Single value;
    private final int[] places;

    Found(AttributeValue.Single value, int[] places) {
      this.value = value;
      this.places = places;
    }

    /** Its place on a scale, if it has one. */
    OptionalDouble size() {
      if (value instanceof AttributeValue.Real real) {
        return OptionalDouble.of(real.value());
      }
      return MomentText.of(value.text()).stream().mapToDouble(MomentText::first).findFirst();
    }
  }

  Painter(int items) {
    this.items = items;
  }

  /** Takes a value, and the items that have it; places below 0 are of none. */
  void value(AttributeValue.Single value, int[] places) {
    int[] here = IntStream.of(places).filter(place -> place >= 0).toArray();
    if (here.length > 0) {
      found.add(new Found(value, here));
    }
  }

  Colouring paint() {
    boolean scale = found.size() >= SCALE_FROM
        && found.stream().allMatch(each -> each.size().isPresent());
    return scale ? scale() : classes();
  }

  private Colouring classes() {
    found.sort(Comparator.comparingInt((Found each) -> -each.places.length));
    byte[] codes = new byte[items];
    for (int i = found.size() - 1; i >= 0; i--) {
      fill(codes, found.get(i).places, Math.min(i + 1, OTHERS));
    }
    int[] counts = counts(codes);
    List<Legend.Value> values = IntStream.range(0, Math.min(MOST, found.size()))
        .mapToObj(i -> new Legend.Value(found.get(i).value, counts[i + 1]))
        .toList();
    return new Colouring(new Legend(Legend.Kind.CLASSES, values, counts[OTHERS], counts[0]), codes);
  }

  private Colouring scale() {
    found.sort(Comparator.comparingDouble(each -> each.size().orElseThrow()));
    int total = found.stream().mapToInt(each -> each.places.length).sum();
    byte[] codes = new byte[items];
    List<Legend.Value> values = new ArrayList<>();
    int before = 0;
    int told = 0;
    for (Found each : found) {
      int count = each.places.length;
      fill(codes, each.places, code(before + (count - 1) / 2., total));
      before += count;
      while (values.size() <= QUARTERS && before > quarter(values.size(), total)) {
        values.add(new Legend.Value(each.value, before - told));
        told = before;
      }
    }
    return new Colouring(new Legend(Legend.Kind.SCALE, values, 0, counts(codes)[0]), codes);
  }

  /** The rank, from 0, of the item at so many quarters of them. */
  private static int quarter(int quarters, int total) {
    return (int) ((long) quarters * (total - 1) / QUARTERS);
  }

  private static int code(double rank, int total) {
    return 1 + (int) Math.round((LARGEST - 1) * rank / Math.max(1, total - 1));
  }

  private static void fill(byte[] codes, int[] places, int code) {
    for (int place : places) {
      codes[place] = (byte) code;
    }
  }

  private static int[] counts(byte[] codes) {
    int[] counts = new int[LARGEST + 1];
    for (byte code : codes) {
      counts[code & LARGEST]++;
    }
    return counts;
  }
}
