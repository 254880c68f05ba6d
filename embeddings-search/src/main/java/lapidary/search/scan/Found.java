package lapidary.search.scan;

/** What a search looks for; rows come in any order. */
interface Found {
  /** A row with a score below this is not wanted; it only rises. */
  float threshold();

  /** Whether the row may be found at all. */
  boolean accepts(int row);

  /** Takes an accepted row. */
  void offer(int row, float score);
}
