package lapidary.exporter;

/** One row of the {@link OperatorTable}: writes down an operation and gives its traced answer, an NDArray or an NDList. */
@FunctionalInterface
interface Operator {
  /** Runs and records the call. */
  Object trace(Call call);
}
