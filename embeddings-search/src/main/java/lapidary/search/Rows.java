package lapidary.search;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import lapidary.search.scan.TopK;
import lapidary.search.scan.VectorBlocks;

/**
 * The items of a collection in memory, one row each in the order they came. A replaced or removed item leaves a dead row until
 * {@link #compact}. Reads may run at the same time, changes alone.
 */
final class Rows {
  private final int dimensions;
  private VectorBlocks vectors;
  private List<Item> items = new ArrayList<>();
  private List<Thumbnail> thumbnails = new ArrayList<>();
  private final Map<String, Integer> byId = new HashMap<>();
  private BitSet live = new BitSet();

  Rows(int dimensions) {
    this.dimensions = dimensions;
    this.vectors = new VectorBlocks(dimensions);
  }

  /** Adds an item with its unit vector, [dimensions]; an item of the same id is replaced. */
  void put(Item item, float[] unit, Thumbnail thumbnail) {
    int row = vectors.size();
    vectors.append(unit);
    items.add(item);
    thumbnails.add(thumbnail);
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

  Thumbnail thumbnail(int row) {
    return thumbnails.get(row);
  }

  /** Live items in row order, {@code limit} at most after leaving out {@code from}. */
  List<Item> items(int from, int limit) {
    return live.stream().skip(from).limit(limit).mapToObj(items::get).toList();
  }

  float[] vector(int row) {
    return vectors.row(row);
  }

  /** The nearest live items, best first; of equal scores those that came first. */
  List<Hit> search(float[] unit, SearchOptions options) {
    return search(unit, options, row -> true);
  }

  /** The nearest live items to the item of a live row, itself left out. */
  List<Hit> similarTo(int row, SearchOptions options) {
    return search(vectors.row(row), options, other -> other != row);
  }

  private List<Hit> search(float[] unit, SearchOptions options, IntPredicate accepts) {
    // More than there are would only be memory.
    TopK top = new TopK(Math.max(1, Math.min(options.candidates(), count())));
    Filter filter = options.filter();
    vectors.scan(
        unit, top, row -> live.get(row) && accepts.test(row) && filter.accepts(items.get(row)));
    int[] rows = top.rows();
    float[] scores = top.scores();
    IntStream chosen = options.diversity() == 0
        ? IntStream.range(0, rows.length)
        : IntStream.of(Diversity.pick(scores, vectors(rows), options));
    return chosen.mapToObj(i -> hit(rows[i], scores[i])).toList();
  }

  private Hit hit(int row, float score) {
    return Hit.of(items.get(row), Math.max(-1, Math.min(1, score)));
  }

  private float[][] vectors(int[] rows) {
    return Arrays.stream(rows).mapToObj(vectors::row).toArray(float[][]::new);
  }

  /** Gives {@code links} every live row before {@code row} whose cosine with it is at least {@code threshold}. */
  void linked(int row, float threshold, IntConsumer links) {
    vectors.above(vectors.row(row), threshold, row, other -> {
      if (live.get(other)) {
        links.accept(other);
      }
    });
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
    List<Thumbnail> keptThumbnails = new ArrayList<>(count());
    for (int row = live.nextSetBit(0); row >= 0; row = live.nextSetBit(row + 1)) {
      byId.put(items.get(row).id(), keptItems.size());
      keptItems.add(items.get(row));
      keptThumbnails.add(thumbnails.get(row));
      keptVectors.append(vectors.row(row));
    }
    vectors = keptVectors;
    items = keptItems;
    thumbnails = keptThumbnails;
    live = new BitSet();
    live.set(0, keptItems.size());
  }
}
