package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.trace.ReferencePass;
import lapidary.models.Input;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.models.Signature;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/** Compares a file's answers in ONNX Runtime with a block's in DJL. */
final class ParityCheck {
  private static final Set<String> SCORES = Set.of(Output.LOGITS, Output.PROBABILITIES);

  private final Block block;
  private final Signature signature;
  private final RowSource rows;
  private final double tolerance;

  ParityCheck(Block block, Signature signature, ParityRows rows, double tolerance) {
    this.block = block;
    this.signature = signature;
    this.rows = (RowSource) rows;
    this.tolerance = tolerance;
  }

  double tolerance() {
    return tolerance;
  }

  Block block() {
    return block;
  }

  /**
   * The batches to compare on.
   *
   * @param open what the file leaves open; where it is more than the batch, rows of other sizes are among them
   */
  List<Batch> batches(OpenAxes open) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    for (int count : counts(open.fixedBatch())) {
      batches.add(new Batch(signature.inputs(), rows, from, count));
      from += count;
    }
    if (!open.named().isEmpty()) {
      OpenAxes.Sizes others = open.others();
      List<Input> grown =
          signature.inputs().stream().map(input -> open.grown(input, others)).toList();
      batches.add(new Batch(grown, new RandomRows(0), 0, Math.toIntExact(others.batch())));
    }
    return batches;
  }

  private List<Integer> counts(OptionalLong fixedBatch) {
    return fixedBatch.isPresent()
        ? List.of(Math.toIntExact(fixedBatch.getAsLong()))
        : rows.batches();
  }

  /** The worst difference of each output over all batches. */
  Parity measure(Model model, List<Batch> batches) {
    Map<String, Parity.Difference> worst = new LinkedHashMap<>();
    for (Batch batch : batches) {
      for (Parity.Difference difference : measure(model, batch)) {
        worst.merge(difference.output(), difference, ParityCheck::worse);
      }
    }
    List<Integer> counts =
        batches.stream().map(Batch::count).distinct().sorted().toList();
    return new Parity(tolerance, rows.kind(), counts, List.copyOf(worst.values()));
  }

  /** The difference of each output on one batch. */
  List<Parity.Difference> measure(Model model, Batch batch) {
    try (NDManager manager = BlockEngine.manager(block)) {
      NDList reference = ReferencePass.run(
          block, batch.forNetwork(manager), manager, "on the rows that parity is checked on");
      // The block first: where it does not take the rows, no file does, and it says where.
      Map<String, Tensor> answers = model.run(batch.forFile());
      return signature.outputs().stream()
          .map(output -> difference(output, answers, reference))
          .toList();
    }
  }

  private Parity.Difference difference(
      Output output, Map<String, Tensor> answers, NDList reference) {
    Tensor answer = answers.get(output.name());
    if (answer == null || output.source() >= reference.size()) {
      throw new ExportException("output " + output.name() + " is not there on both sides: the file"
          + " has " + answers.keySet() + ", the block " + reference.size() + "; verify the file"
          + " with the run it was exported from");
    }
    NDArray wanted = reference.get(output.source());
    boolean softmax = output.transform() == Output.Transform.SOFTMAX;
    return compare(output, Numbers.of(answer), Numbers.of(softmax ? wanted.softmax(-1) : wanted));
  }

  private Parity.Difference compare(Output output, Numbers answer, Numbers wanted) {
    if (!answer.sameShape(wanted)) {
      throw new ExportException("output " + output.name() + " has shape " + answer + " in the file"
          + " and " + wanted + " in the block; the block's shapes depend on the batch size in a way"
          + " that a graph cannot follow, so export with a fixed batch");
    }
    Numbers.Distance distance = answer.from(wanted);
    double scale = distance.relative() == 0 ? 0 : distance.absolute() / distance.relative();
    boolean scores =
        SCORES.contains(output.name()) || output.transform() == Output.Transform.SOFTMAX;
    boolean same = !scores || answer.sameTop1(wanted, tolerance * scale);
    return new Parity.Difference(output.name(), distance.absolute(), distance.relative(), same);
  }

  private static Parity.Difference worse(Parity.Difference a, Parity.Difference b) {
    return new Parity.Difference(
        a.output(),
        Math.max(a.absolute(), b.absolute()),
        Math.max(a.relative(), b.relative()),
        a.sameTop1() && b.sameTop1());
  }
}
