package lapidary.cli.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import lapidary.search.Collection;
import lapidary.search.Hit;

/** What a search found, as pages of pictures. Stateless. */
final class HitsPage {
  private HitsPage() {}

  /**
   * Writes the hits of a query.
   *
   * @param asked the query in words
   * @param pictures those of what was looked for
   */
  static void write(
      Path file,
      Collection collection,
      String asked,
      List<PicturePage.Picture> pictures,
      List<Hit> hits) {
    String name = collection.spec().name();
    PicturePage page = new PicturePage(
        name + ": " + asked,
        hits.size() + " of " + collection.info().count() + " items, best first");
    if (!pictures.isEmpty()) {
      page.heading("Looked for");
      page.grid(pictures);
      page.heading("Found");
    }
    page.grid(hits.stream()
        .map(hit -> new PicturePage.Picture(
            String.format(Locale.ROOT, "%.4f", hit.score()),
            hit.id(),
            hit.label(),
            collection.thumbnail(hit.id())))
        .toList());
    page.write(file);
  }

  /** Writes groups of items that are nearly the same. */
  static void write(Path file, Collection collection, float threshold, List<List<String>> groups) {
    PicturePage page = new PicturePage(
        collection.spec().name() + ": near-duplicates",
        groups.size() + " groups of items with cosines of at least " + threshold);
    for (int i = 0; i < groups.size(); i++) {
      page.heading("Group " + (i + 1));
      page.grid(groups.get(i).stream()
          .map(id -> new PicturePage.Picture("", id, "", collection.thumbnail(id)))
          .toList());
    }
    page.write(file);
  }
}
