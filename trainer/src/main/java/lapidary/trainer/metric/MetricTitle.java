package lapidary.trainer.metric;

import java.util.Locale;
import java.util.Set;

/** Names of metrics as people write them: {@code RMSE} for {@code rmse}, {@code error rate} for {@code error_rate}. Stateless. */
public final class MetricTitle {
  private static final Set<String> ABBREVIATIONS =
      Set.of("auc", "mae", "mape", "mse", "rmse", "rmspe");

  private MetricTitle() {}

  /** The title of a metric within a sentence; a name that is not known has spaces for its underscores. */
  public static String of(String name) {
    return ABBREVIATIONS.contains(name) ? name.toUpperCase(Locale.ROOT) : name.replace('_', ' ');
  }

  /** The same at the beginning of a sentence. */
  public static String first(String name) {
    String title = of(name);
    return title.isEmpty()
        ? title
        : title.substring(0, 1).toUpperCase(Locale.ROOT) + title.substring(1);
  }
}
