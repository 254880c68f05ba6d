package lapidary.runtime.serving.registry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Inference;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.Batcher;

/** Runs a model and keeps count: single rows together with those of other callers where it takes batches, all else by itself. Thread-safe. */
final class RecordedRows implements Inference {
  private final Model model;
  private final RunRecorder recorder;
  private final boolean takesRows;
  private final Set<String> batched;
  private final Batching batching;

  /** What runs single rows together, or why nothing does. */
  private record Batching(Optional<Batcher> batcher, Optional<String> missing) {
    static Batching none(String reason) {
      return new Batching(Optional.empty(), Optional.of(reason));
    }
  }

  /** Measures the model if it is to be batched. */
  RecordedRows(Model model, Optional<BatchLimits> limits, RunRecorder recorder) {
    this.model = model;
    this.recorder = recorder;
    this.takesRows = model.inputs().stream().allMatch(RecordedRows::isOpen);
    this.batched = model.outputs().stream()
        .filter(output -> output.shape().isEmpty() || isOpen(output))
        .map(TensorInfo::name)
        .collect(Collectors.toUnmodifiableSet());
    this.batching = limits
        .map(given -> batching(model, batched, given, recorder))
        .orElseGet(() -> Batching.none("no batches were asked for"));
  }

  private static Batching batching(
      Model model, Set<String> outputs, BatchLimits limits, RunRecorder recorder) {
    if (outputs.isEmpty()) {
      return Batching.none("no output has an open first dimension");
    }
    try {
      Batcher batcher = new Batcher(model, List.copyOf(outputs), limits, recorder);
      return new Batching(Optional.of(batcher), Optional.empty());
    } catch (InvalidInputException e) {
      // Not every model of a folder takes batches; that this one does not is told in the index.
      return Batching.none(String.valueOf(e.getMessage()));
    }
  }

  Optional<String> unbatched() {
    return batching.missing();
  }

  @Override
  public Map<String, Tensor> run(Map<String, Tensor> inputs, List<String> outputs) {
    Optional<Batcher> batcher = batcher(inputs, outputs);
    return recorder.call(
        () -> batcher.isPresent() ? batcher.get().run(inputs, outputs) : direct(inputs, outputs));
  }

  @Override
  public Optional<CompletableFuture<Map<String, Tensor>>> submit(
      Map<String, Tensor> inputs, List<String> outputs) {
    return batcher(inputs, outputs)
        .map(batcher -> recorder.submit(() -> batcher.submit(inputs, outputs)));
  }

  private Optional<Batcher> batcher(Map<String, Tensor> inputs, List<String> outputs) {
    return batching.batcher().filter(unused -> isOneRow(inputs) && batched.containsAll(outputs));
  }

  @Override
  public List<TensorInfo> inputs() {
    return model.inputs();
  }

  @Override
  public List<TensorInfo> outputs() {
    return model.outputs();
  }

  /** Single rows that wait for a run now. */
  int waiting() {
    return batching.batcher().map(Batcher::waiting).orElse(0);
  }

  /** Answers what waits for a batch. */
  void close() {
    batching.batcher().ifPresent(Batcher::close);
  }

  private Map<String, Tensor> direct(Map<String, Tensor> inputs, List<String> outputs) {
    long start = System.nanoTime();
    Map<String, Tensor> answers = model.run(inputs, outputs);
    recorder.ran(takesRows ? rows(inputs) : 1, System.nanoTime() - start);
    return answers;
  }

  private static int rows(Map<String, Tensor> inputs) {
    return inputs.values().stream()
        .mapToInt(input -> (int) input.shape()[0])
        .max()
        .orElse(1);
  }

  private static boolean isOneRow(Map<String, Tensor> inputs) {
    return !inputs.isEmpty() && inputs.values().stream().allMatch(RecordedRows::isOneRow);
  }

  private static boolean isOneRow(Tensor tensor) {
    long[] shape = tensor.shape();
    return shape.length > 0 && shape[0] == 1;
  }

  private static boolean isOpen(TensorInfo tensor) {
    return !tensor.shape().isEmpty() && tensor.shape().get(0) < 0;
  }
}
