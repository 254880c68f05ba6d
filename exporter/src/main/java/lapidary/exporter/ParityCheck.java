package lapidary.exporter;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.trace.ReferencePass;
import lapidary.exporter.trace.Tracer;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.models.Signature;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Devices;

/** Compares a file's answers in ONNX Runtime with a block's in DJL. Not thread-safe. */
final class ParityCheck {
  private static final Set<String> SCORES = Set.of(Output.LOGITS, Output.PROBABILITIES);

  private final Block block;
  private final Signature signature;
  private final RowSource rows;
  private final double tolerance;
  private final int further;
  private final Set<String> squeezed = new LinkedHashSet<>();
  private final Set<String> notes = new LinkedHashSet<>();

  ParityCheck(Block block, Signature signature, ParityRows rows, double tolerance) {
    this(block, signature, rows, tolerance, 0);
  }

  /** @param further how many more of the largest batches to compare where the batch is open */
  ParityCheck(Block block, Signature signature, ParityRows rows, double tolerance, int further) {
    this.further = further;
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

  /** The batches to compare on, in the sizes that the signature says. */
  List<Batch> batches(OptionalLong fixedBatch) {
    List<Batch> batches = new ArrayList<>();
    int from = 0;
    for (int count : counts(fixedBatch)) {
      batches.add(new Batch(signature.inputs(), rows, from, count));
      from += count;
    }
    return batches;
  }

  /**
   * The same.
   *
   * @param open what the file leaves open; where it is more than the batch, rows of other sizes are among them
   * @param traced what the block was traced on; where that is smaller, so are batches of several rows
   */
  List<Batch> batches(OpenAxes open, TracedRows traced, Tracer tracer) {
    List<Batch> batches = new ArrayList<>(batches(open.fixedBatch()));
    if (traced.differs(signature.inputs())) {
      batches.replaceAll(
          batch -> batch.count() > 1 ? traced.batch(batch.from(), batch.count()) : batch);
    }
    if (!open.named().isEmpty()) {
      batches.add(inOtherSizes(open, traced, tracer));
    }
    return batches;
  }

  /** Rows in sizes of no trace; in multiples for a block that runs on nothing else. */
  private Batch inOtherSizes(OpenAxes open, TracedRows traced, Tracer tracer) {
    Batch others = traced.batch(open, open.others());
    try (NDManager manager = BlockEngine.manager(block)) {
      return TracedRows.outline(
              tracer,
              others,
              manager,
              hindrance -> notes.add("the block does not run where open sizes are odd ("
                  + hindrance.getMessage() + "), so it was compared in multiples of 32"))
          .map(trace -> others)
          .orElseGet(() -> traced.batch(open, open.multiples()));
    }
  }

  private List<Integer> counts(OptionalLong fixedBatch) {
    if (fixedBatch.isPresent()) {
      return Collections.nCopies(1 + further, Math.toIntExact(fixedBatch.getAsLong()));
    }
    List<Integer> counts = new ArrayList<>(
        rows.batches(signature.inputs().stream().mapToInt(NetworkInput::values).sum()));
    counts.addAll(Collections.nCopies(further, counts.get(counts.size() - 1)));
    return counts;
  }

  /** The worst difference of each output over all batches. */
  Parity measure(Model model, List<Batch> batches) {
    return measure(model, batches, batch -> {});
  }

  /**
   * The same.
   *
   * @param uncomparable is told of a batch whose answers cannot be compared, before the error that says so
   */
  Parity measure(Model model, List<Batch> batches, Consumer<Batch> uncomparable) {
    Map<String, Parity.Difference> worst = new LinkedHashMap<>();
    for (Batch batch : batches) {
      for (Parity.Difference difference : measure(model, batch, uncomparable)) {
        worst.merge(difference.output(), difference, Parity.Difference::and);
      }
    }
    List<Integer> counts =
        batches.stream().map(Batch::count).distinct().sorted().toList();
    return new Parity(
        tolerance, rows.kind(), counts, List.copyOf(worst.values()), Optional.of(setting(batches)));
  }

  private Parity.Setting setting(List<Batch> batches) {
    return new Parity.Setting(
        BlockEngine.name(block),
        "ONNX Runtime " + Devices.runtimeVersion(),
        batches.stream().map(ParityCheck::sizes).distinct().toList());
  }

  private static Parity.Sizes sizes(Batch batch) {
    SortedMap<String, List<Long>> sizes = new TreeMap<>();
    batch.inputs().forEach(input -> sizes(input).ifPresent(own -> sizes.put(input.name(), own)));
    return new Parity.Sizes(batch.count(), sizes);
  }

  /** The dimensions after the batch, as the file has them. */
  private static Optional<List<Long>> sizes(Input input) {
    if (input instanceof ImageInput image) {
      ImageInput.Size size = image.size();
      return Optional.of(
          List.of((long) size.height(), (long) size.width(), (long) size.channels()));
    }
    return input instanceof TensorInput tensor ? Optional.of(tensor.shape()) : Optional.empty();
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

  private List<Parity.Difference> measure(Model model, Batch batch, Consumer<Batch> uncomparable) {
    try {
      return measure(model, batch);
    } catch (ExportException | InvalidInputException e) {
      uncomparable.accept(batch);
      throw e;
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

  /** What a caller should know of the comparison, as sentences. */
  List<String> notes() {
    List<String> sentences = new ArrayList<>(notes);
    squeezed.forEach(
        output -> sentences.add("at batch 1 the block drops the batch of output " + output
            + " and the file keeps it: the numbers are the same; name the axes that squeeze is to"
            + " drop if both should agree"));
    return sentences;
  }

  private Parity.Difference compare(Output output, Numbers answer, Numbers wanted) {
    if (answer.squeezedIs(wanted)) {
      squeezed.add(output.name());
    } else if (!answer.sameShape(wanted)) {
      throw new ExportException("output " + output.name() + " has shape " + answer + " in the file"
          + " and " + wanted + " in the block; the block's shapes depend on sizes in a way that a"
          + " graph cannot follow, so export with a fixed batch");
    }
    Numbers.Distance distance = answer.from(wanted);
    double scale = distance.relative() == 0 ? 0 : distance.absolute() / distance.relative();
    boolean scores =
        SCORES.contains(output.name()) || output.transform() == Output.Transform.SOFTMAX;
    Optional<Parity.Top1> top1 =
        scores ? Optional.of(answer.top1(wanted, tolerance * scale)) : Optional.empty();
    return new Parity.Difference(
        output.name(),
        distance.absolute(),
        distance.relative(),
        top1.stream().allMatch(rows -> rows.same() + rows.close() == rows.rows()),
        answer.ulps(wanted),
        top1);
  }

  /**
   * How far the file's answers to a batch are from the block's to its rows one by one, and how far the block's answers to the batch
   * are, at the output where these are farthest; empty if the block does not answer row by row.
   */
  Optional<ByRow> byRow(Model model, Batch batch) {
    try (NDManager manager = BlockEngine.manager(block)) {
      NDList whole = batch.forNetwork(manager);
      NDList together = answers(whole, manager);
      List<NDList> single = IntStream.range(0, batch.count())
          .mapToObj(row -> answers(row(whole, row), manager))
          .toList();
      Map<String, Tensor> file = model.run(batch.forFile());
      return signature.outputs().stream()
          .filter(output -> output.transform() == Output.Transform.IDENTITY)
          .flatMap(output -> byRow(output, file, together, single).stream())
          .max(Comparator.comparingDouble(ByRow::engine));
    }
  }

  private NDList answers(NDList inputs, NDManager manager) {
    return ReferencePass.run(block, inputs, manager, "on one row of those parity is checked on");
  }

  private static NDList row(NDList whole, int row) {
    NDList one = new NDList();
    for (NDArray array : whole) {
      NDArray single = array.get(row + ":" + (row + 1)).duplicate();
      single.setName(array.getName());
      one.add(single);
    }
    return one;
  }

  private static Optional<ByRow> byRow(
      Output output, Map<String, Tensor> file, NDList together, List<NDList> single) {
    Numbers batch = Numbers.of(together.get(output.source()));
    Numbers rows = Numbers.joined(
        single.stream().map(answers -> Numbers.of(answers.get(output.source()))).toList());
    Numbers answer = Numbers.of(Objects.requireNonNull(file.get(output.name())));
    return batch.sameShape(rows) && answer.sameShape(rows)
        ? Optional.of(new ByRow(
            output.name(), answer.from(rows).relative(), batch.from(rows).relative()))
        : Optional.empty();
  }

  /**
   * Answers to a batch, compared with the block's to single rows.
   *
   * @param output which output
   * @param file the relative difference of the file's answers
   * @param engine the relative difference of the block's own answers to the batch
   */
  record ByRow(String output, double file, double engine) {}
}
