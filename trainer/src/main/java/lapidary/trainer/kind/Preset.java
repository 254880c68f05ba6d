package lapidary.trainer.kind;

/**
 * Settings to start from.
 *
 * @param name such as {@code default}
 * @param model in its size
 * @param recipe how it is trained
 */
public record Preset(String name, ModelChoice model, Recipe recipe) {
  /** The documented settings of every model. */
  public static final String DEFAULT = "default";

  /** The settings with the least error found. */
  public static final String BEST = "best";
}
