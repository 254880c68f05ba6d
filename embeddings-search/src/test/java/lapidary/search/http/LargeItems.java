package lapidary.search.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;

/** Items whose facts take 8 MB together. */
final class LargeItems {
  /** What an answer with all of them takes at least. */
  static final int BYTES = 8_000_000;

  private static final int COUNT = 125;

  private LargeItems() {}

  static List<Item> items() {
    Map<String, AttributeValue> facts = IntStream.range(0, 16)
        .boxed()
        .collect(Collectors.toMap(i -> "fact" + i, i -> AttributeValue.of("x".repeat(4_000))));
    return IntStream.range(0, COUNT)
        .mapToObj(i -> new Item("item" + i, "", facts))
        .toList();
  }

  static float[][] vectors() {
    float[][] vectors = new float[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      vectors[i] = new float[] {1, 0, 0, 1, 0, i};
    }
    return vectors;
  }
}
