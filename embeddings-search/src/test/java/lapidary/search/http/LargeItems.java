package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

/** Items whose facts take 8 MB together. */
final class LargeItems {
  /** What an answer with all of them takes at least. */
  static final int BYTES = 8_000_000;

  private LargeItems() {}

  static void put(Client client) throws Exception {
    StringBuilder facts = new StringBuilder();
    for (int i = 0; i < 16; i++) {
      facts
          .append(i == 0 ? "" : ",")
          .append("\"fact" + i + "\":\"")
          .append("x".repeat(4_000))
          .append('"');
    }
    for (int i = 0; i < 125; i++) {
      String item = "{\"vector\":[1,0,0,1,0," + i + "],\"attributes\":{" + facts + "}}";
      assertThat(client.put("/v1/collections/greys/items/item" + i, item).status())
          .isLessThan(300);
    }
  }
}
