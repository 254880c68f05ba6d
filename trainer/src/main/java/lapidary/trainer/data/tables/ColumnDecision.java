package lapidary.trainer.data.tables;

/**
 * What a column is used for, and why.
 *
 * @param column its name
 * @param role what for
 * @param reason in a few words
 * @param warning whether a user should look at it
 */
public record ColumnDecision(String column, ColumnRole role, String reason, boolean warning) {
  private static final String NAMED = "named";

  /** A column whose role was given. */
  static ColumnDecision named(String column, ColumnRole role) {
    return new ColumnDecision(column, role, NAMED, false);
  }

  /** Whether the role was given, not inferred. */
  public boolean isNamed() {
    return reason.equals(NAMED);
  }
}
