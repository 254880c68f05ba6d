package lapidary.exporter.trace;

/** Runs one operation, writes it down and gives its traced answer, an NDArray or an NDList. */
@FunctionalInterface
public interface Operator {
  /** Runs and records the call. */
  Object trace(Call call);
}
