package lapidary.trainer.data.tables;

import java.util.Locale;

/** What a column is for. */
public enum ColumnRole {
  /** A category, embedded. */
  CATEGORICAL,
  /** A number, standardised. */
  CONTINUOUS,
  /** A date, whose parts are embedded. */
  DATE,
  /** What is predicted. */
  TARGET,
  /** Not looked at. */
  IGNORED;

  /** The name in lower case. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
