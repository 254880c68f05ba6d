package lapidary.exporter.trace;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;

/** Proxies that write down on a tape what is done with them, by the rows of an operator table. */
final class TracingProxies implements Proxies {
  private final Tape tape;
  private final Operators operators;
  private final NDManager manager;

  TracingProxies(Tape tape, Operators operators) {
    this.tape = tape;
    this.operators = operators;
    this.manager = TracedManager.over(tape);
  }

  @Override
  public NDArray array(NDArray real, Value value) {
    return new TracedArray(tape, operators, real, value).proxy();
  }

  @Override
  public NDManager manager() {
    return manager;
  }
}
