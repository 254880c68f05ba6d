package lapidary.cli.movies;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import lapidary.models.Catalogue;
import lapidary.search.movies.ScoredItem;

/**
 * A ranking of items.
 *
 * @param model the item file
 * @param question what was asked
 * @param score what the items are ranked by: bias, cosine or rating
 * @param items the best answer first
 */
record RankingDocument(String model, String question, String score, List<Row> items) {
  /** One item and its score. */
  record Row(
      String id, String title, List<String> genres, int ratings, double meanRating, double score) {
    static Row of(ScoredItem scored) {
      Catalogue.Item item = scored.item();
      return new Row(
          item.id(),
          item.title(),
          item.genres(),
          item.ratings(),
          item.meanRating(),
          scored.score());
    }
  }

  static RankingDocument of(String model, String question, String score, List<ScoredItem> ranking) {
    return new RankingDocument(
        model, question, score, ranking.stream().map(Row::of).toList());
  }

  void print(PrintWriter out) {
    out.println(question);
    if (items.isEmpty()) {
      out.println("  nothing fits");
      return;
    }
    out.printf(
        Locale.ROOT, "%4s  %7s  %7s  %5s  %6s  %s%n", "", score, "ratings", "mean", "id", "title");
    IntStream.range(0, items.size()).forEach(i -> out.println(line(i + 1, items.get(i))));
  }

  private static String line(int rank, Row row) {
    return String.format(
        Locale.ROOT,
        "%4d  %7.3f  %,7d  %5.2f  %6s  %s",
        rank,
        row.score(),
        row.ratings(),
        row.meanRating(),
        row.id(),
        row.title());
  }
}
