package lapidary.runtime.serving;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lapidary.runtime.Inference;
import lapidary.runtime.Tensor;

/** A model whose runs wait while it is shut, and that remembers the sizes of its batches. It does not describe itself. */
final class Gate implements Inference {
  final List<Integer> sizes = new CopyOnWriteArrayList<>();
  private final Inference model;
  private volatile CountDownLatch entered = new CountDownLatch(1);
  private volatile CountDownLatch opened = new CountDownLatch(1);

  /** Shut, and in front of {@code model}. */
  Gate(Inference model) {
    this.model = model;
  }

  /** Shut, and answers y = x. */
  Gate() {
    this((inputs, outputs) -> Map.of("y", new java.util.ArrayList<>(inputs.values()).get(0)));
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    sizes.add((int) inputs.values().iterator().next().shape()[0]);
    entered.countDown();
    await(opened);
    return model.run(inputs, outputs);
  }

  /** Waits until a run has come. */
  void awaitEntered() {
    await(entered);
  }

  /** Lets runs pass, those that wait and others. */
  void open() {
    opened.countDown();
  }

  /** Lets runs wait again, and waits for {@code runs} of them next time. */
  void shut(int runs) {
    entered = new CountDownLatch(runs);
    opened = new CountDownLatch(1);
  }

  /** What {@code ask} starts, once it waits in the batcher. */
  static <T> T waiting(Batcher batcher, Supplier<T> ask) {
    int before = batcher.waiting();
    T asked = ask.get();
    while (batcher.waiting() == before) {
      Thread.onSpinWait();
    }
    return asked;
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(50, TimeUnit.SECONDS)) {
        throw new IllegalStateException("nothing happened for 50 s");
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
