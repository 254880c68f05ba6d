package lapidary.trainer.metric;

/** A score of predictions. Implementations are immutable. */
public interface Metric {
  /** The name in tables and JSON, such as {@code accuracy}. */
  String name();

  /** Whether more is better. */
  boolean higherIsBetter();

  /** The score over all rows. */
  double of(Predictions predictions);
}
