package lapidary.exporter.trace;

/** What the numbers of a value are computed from; ordered, the later including the earlier. */
public enum Dependence {
  /** Constants alone: the value can be computed while exporting. */
  CONSTANTS,
  /** Weights and constants. */
  WEIGHTS,
  /** The network's inputs. */
  INPUTS;

  Dependence or(Dependence other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
