package lapidary.search.space;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.search.store.Population;

/** How items get their places in space. */
public enum Method {
  /** The first three principal components (Jolliffe 2002, §3): of any number of items, within seconds. */
  PCA(4, Integer.MAX_VALUE),
  /**
   * Near ones stay near (McInnes, Healy and Melville 2018), on one thread and from one seed, so that it comes out the same each time.
   * A thousand items take a second or two. Of more than {@link #UMAP_SAMPLE} as many are placed so, chosen evenly, and the rest among the
   * nearest of those.
   */
  UMAP(UmapLayout.NEIGHBOURS + 2, 200_000);

  /** Items that UMAP itself places, at most. */
  public static final int UMAP_SAMPLE = UmapLayout.SAMPLE;

  private final int fewest;
  private final int most;

  Method(int fewest, int most) {
    this.fewest = fewest;
    this.most = most;
  }

  /** What it is called where a person writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of a name.
   *
   * @throws InvalidInputException if there is not one
   */
  public static Method of(String text) {
    return Arrays.stream(values())
        .filter(method -> method.text().equals(text))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown(
            "method", text, Arrays.stream(values()).map(Method::text).toList()));
  }

  /** Those that can place so many items. */
  public static List<Method> placing(int items) {
    return Arrays.stream(values()).filter(method -> method.places(items)).toList();
  }

  /** The most items that it places. */
  public int most() {
    return most;
  }

  private boolean places(int items) {
    return items >= fewest && items <= most;
  }

  /** Refuses items that are too few or too many. */
  void require(Population population) {
    int items = population.count();
    if (items < fewest) {
      throw new InvalidInputException("a picture in space by " + text() + " needs at least "
          + fewest + " items of " + Layout.AXES + " dimensions; these are " + items);
    }
    if (items > most) {
      throw new InvalidInputException("these are " + items + " items, and " + text()
          + " takes minutes for more than " + most + "; ask for pca");
    }
  }

  Layout layout(Population population, Progress progress) {
    return this == PCA
        ? PcaLayout.of(population.vectors())
        : UmapLayout.of(population.vectors(), progress);
  }
}
