package lapidary.search;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * The items of a collection in memory, one row each in the order they came. A replaced or removed item leaves a dead row until
 * {@link #compact}. Reads may run at the same time, changes alone.
 */
final class Rows {
  private final int dimensions;
  private VectorBlocks vectors;
  private List<Item> items = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private BitSet live = new BitSet();

  Rows(int dimensions) {
    this.dimensions = dimensions;
    this.vectors = new VectorBlocks(dimensions);
  }

  /** Adds an item with its unit vector, [dimensions]; an item of the same id is replaced. */
  void put(Item item, float[] unit) {
    int row = vectors.size();
    vectors.append(unit);
    items.add(item);
    Integer old = byId.put(item.id(), row);
    if (old != null) {
      live.clear(old);
    }
    live.set(row);
  }

  boolean remove(String id) {
    Integer row = byId.remove(id);
    if (row != null) {
      live.clear(row);
    }
    return row != null;
  }

  /** Live items. */
  int count() {
    return byId.size();
  }

  /** Rows, dead ones included. */
  int size() {
    return items.size();
  }

  boolean isLive(int row) {
    return live.get(row);
  }

  OptionalInt rowOf(String id) {
    Integer row = byId.get(id);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  Item item(int row) {
    return items.get(row);
  }

  float[] vector(int row) {
    return vectors.row(row);
  }

  /** The {@code k} nearest live items that the filter accepts, best first; of equal scores those that came first. */
  List<Hit> search(float[] unit, int k, Filter filter) {
    return search(unit, k, row -> filter.accepts(items.get(row)));
  }

  /** The {@code k} nearest live items to the item of a live row, itself left out. */
  List<Hit> similarTo(int row, int k, Filter filter) {
    return search(vectors.row(row), k, other -> other != row && filter.accepts(items.get(other)));
  }

  private List<Hit> search(float[] unit, int k, IntPredicate accepts) {
    // More than there are would only be memory.
    TopK top = new TopK(Math.max(1, Math.min(k, count())));
    vectors.scan(unit, top, row -> live.get(row) && accepts.test(row));
    int[] rows = top.rows();
    float[] scores = top.scores();
    List<Hit> hits = new ArrayList<>(rows.length);
    for (int i = 0; i < rows.length; i++) {
      hits.add(Hit.of(items.get(rows[i]), Math.max(-1, Math.min(1, scores[i]))));
    }
    return List.copyOf(hits);
  }

  /** The live vectors in row order, [count, dimensions]. */
  float[][] vectors() {
    return live.stream().mapToObj(vectors::row).toArray(float[][]::new);
  }

  /** The labels of {@link #vectors()}. */
  List<String> labels() {
    return live.stream().mapToObj(row -> items.get(row).label()).toList();
  }

  /** Drops dead rows; the others keep their order and get new row numbers. */
  void compact() {
    if (size() == count()) {
      return;
    }
    VectorBlocks keptVectors = new VectorBlocks(dimensions);
    List<Item> keptItems = new ArrayList<>(count());
    for (int row = live.nextSetBit(0); row >= 0; row = live.nextSetBit(row + 1)) {
      byId.put(items.get(row).id(), keptItems.size());
      keptItems.add(items.get(row));
      keptVectors.append(vectors.row(row));
    }
    vectors = keptVectors;
    items = keptItems;
    live = new BitSet();
    live.set(0, keptItems.size());
  }
}
