package lapidary.exporter;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.ModelFileWriter;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.exporter.trace.Trace;
import lapidary.models.AtomicFile;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import org.jspecify.annotations.Nullable;

/**
 * Fills the temporary file that is to be published: the bare graph first, on which parity is measured, then the graph with its
 * metadata, parity among it. Used once.
 */
final class Publication implements AtomicFile.Filler {
  // One thread, so that the digits do not depend on the machine's number of cores.
  private static final Device PARITY_DEVICE = Device.cpu(1);

  private final GraphAssembly assembly;
  private final ModelDescription description;
  private final SortedMap<String, String> extra;
  private final ParityCheck check;
  private final List<Batch> batches;
  private final OpenAxes open;
  private final double tolerance;
  private final Optional<WeightsBeside> beside;
  private @Nullable Parity parity;
  private String sha256 = "";
  private Optional<String> unlisted = Optional.empty();

  Publication(
      GraphAssembly assembly,
      ModelDescription description,
      ExportOptions options,
      ParityCheck check,
      Optional<WeightsBeside> beside) {
    this.assembly = assembly;
    this.description = description;
    this.extra = requireNew(options.metadata(), description);
    this.check = check;
    this.open = options.axes();
    this.tolerance = options.tolerance();
    this.beside = beside;
    this.batches = check.batches(open, assembly.traced(), assembly.tracer());
  }

  OnnxGraph graph() {
    return assembly.graph();
  }

  Parity parity() {
    return Objects.requireNonNull(parity, "measured by fill");
  }

  /** The digest of the file, once it is filled. */
  String sha256() {
    return sha256;
  }

  List<String> notes() throws IOException {
    List<String> notes = new ArrayList<>(check.notes());
    if (beside.isPresent()) {
      beside.get().note().ifPresent(notes::add);
    }
    unlisted.ifPresent(
        reason -> notes.add("the runtime opens the file for those who vouch for it by"
            + " its sha256 (Model.open with trusted digests), or after a trial in a process of its own"
            + " (Model.openIsolated): " + reason));
    assembly.large().forEach((node, largest) -> notes.add(LargeValues.note(node, largest)));
    assembly
        .operators()
        .notCalled()
        .forEach(signature ->
            notes.add("the row for " + signature + " was not called: the block does without it"));
    return notes;
  }

  /** Leaves nothing behind of what is not published. */
  void discard() {
    beside.ifPresent(WeightsBeside::discard);
  }

  private static SortedMap<String, String> requireNew(
      SortedMap<String, String> extra, ModelDescription description) {
    Set<String> taken = new HashSet<>(DescriptionCodec.toMetadata(description).keySet());
    taken.add(DescriptionCodec.WEIGHTS_SHA256);
    extra.keySet().stream().filter(taken::contains).findFirst().ifPresent(key -> {
      throw new InvalidInputException(
          "metadata " + key + " is written from the model's description; choose another name");
    });
    return extra;
  }

  @Override
  public void fill(Path temporary) throws IOException {
    String name = description.architecture().name();
    beside.ifPresent(WeightsBeside::publish);
    ModelFileWriter writer = new ModelFileWriter(temporary);
    writer.write(ProtoWriter.write(assembly.graph(), name, references()));
    Parity measured = measure(temporary, writer.sha256()).withTolerance(tolerance);
    SortedMap<String, String> metadata =
        DescriptionCodec.toMetadata(description.withParity(measured));
    metadata.putAll(extra);
    beside.ifPresent(weights -> metadata.put(DescriptionCodec.WEIGHTS_SHA256, weights.sha256()));
    writer.append(ProtoWriter.metadata(metadata));
    parity = measured;
    sha256 = writer.sha256();
  }

  private ProtoWriter.Weights references() {
    return beside.map(WeightsBeside::references).orElse(ProtoWriter.Weights.INSIDE);
  }

  private Parity measure(Path file, String digest) throws IOException {
    try (Model model = open(file, digest)) {
      requireSteady();
      Parity measured = check.measure(model, batches, this::refuseDecisions);
      if (!measured.holds()) {
        Batch failing = failing(model);
        refuseDecisions(failing);
        throw breach(measured, model, failing, file.toAbsolutePath().getParent());
      }
      return measured;
    }
  }

  private void requireSteady() {
    try (NDManager manager = BlockEngine.manager(check.block())) {
      Batch batch = assembly.traced().batch(0, batches.get(0).count());
      NDList inputs = batch.forNetwork(manager);
      Steadiness.require(assembly.tracer().traceTwice(inputs, manager), null);
    }
  }

  /** Where file and block differ on a batch: refuses a block that does otherwise than its traces in these sizes, with its place. */
  private void refuseDecisions(Batch batch) {
    try (NDManager manager = BlockEngine.manager(check.block())) {
      Trace trace = assembly.tracer().trace(batch.forNetwork(manager), manager);
      List<Long> sizes = open.sizesOf(batch);
      assembly.expectation().firstSurprise(trace, sizes).ifPresent(surprise -> {
        throw new ExportException(surprise + " in a batch of " + batch.count()
            + ", which does not follow from what was traced: it depends on the batch size or another"
            + " open size; use operations on whole arrays instead of choices that follow a size, or"
            + " export with a fixed batch");
      });
    }
  }

  private Model open(Path file, String digest) {
    try {
      return Model.open(OnnxFileCheck.check(file, digest), ModelOptions.of(PARITY_DEVICE));
    } catch (InvalidInputException e) {
      if (!assembly.operators().wereCalled()) {
        throw refused(file, e);
      }
      unlisted = Optional.of(reason(String.valueOf(e.getMessage()), file));
      return vouched(file, digest);
    }
  }

  /** Nodes of the user's own rows need not be in the runtime's list. */
  private Model vouched(Path file, String digest) {
    try {
      return Model.open(file, ModelOptions.of(PARITY_DEVICE), Set.of(digest));
    } catch (InvalidInputException e) {
      throw refused(file, e);
    }
  }

  private ExportException refused(Path file, InvalidInputException e) {
    return new ExportException(
        "ONNX Runtime does not take the graph" + placeIn(String.valueOf(e.getMessage())) + ": "
            + reason(String.valueOf(e.getMessage()), file)
            + "; compute in FLOAT32 and INT64, which it has every operation for",
        e);
  }

  /** What is wrong, without the name of the temporary file and what to do with files of others. */
  private static String reason(String message, Path file) {
    String rest = message
        .replace(file + " is refused by ONNX Runtime: ", "")
        .replace(file + " is not opened in this process, for it may end it: ", "")
        .replace(file + " ", "");
    int remedy = rest.indexOf("; ");
    return remedy < 0 ? rest : rest.substring(0, remedy);
  }

  /** Where the node that a message names was asked for. */
  private String placeIn(String message) {
    return assembly.graph().nodes().stream()
        .filter(node -> message.contains("'" + node.name() + "'")
            || message.contains("\"" + node.name() + "\"")
            || message.contains("(" + node.name() + ")"))
        .flatMap(node ->
            assembly.probes().stream().filter(probe -> node.outputs().contains(probe.value())))
        .findFirst()
        .map(probe -> " at " + assembly.expectation().place(probe.node()))
        .orElse("");
  }

  private Batch failing(Model model) {
    return batches.stream()
        .filter(batch -> check.measure(model, batch).stream().anyMatch(this::isBreach))
        .findFirst()
        .orElse(batches.get(0));
  }

  private boolean isBreach(Parity.Difference difference) {
    return difference.relative() > check.tolerance() || !difference.sameTop1();
  }

  private ParityException breach(Parity measured, Model model, Batch batch, @Nullable Path folder)
      throws IOException {
    Optional<ParityCheck.ByRow> engine = check
        .byRow(model, batch)
        .filter(byRow -> byRow.file() <= check.tolerance() && byRow.engine() > check.tolerance());
    if (engine.isPresent()) {
      return new ParityException(engineDiffers(engine.get(), batch), measured);
    }
    Parity.Difference worst = measured.outputs().stream()
        .filter(this::isBreach)
        .max(Comparator.comparingDouble(Parity.Difference::relative))
        .orElseThrow();
    String message = String.format(
        Locale.ROOT,
        "output %s differs from the trainer's by %.1e relative (%s)%s; %s; nothing was"
            + " published",
        worst.output(),
        worst.relative(),
        allowed(),
        worst.sameTop1() ? "" : " and has another top answer",
        new Divergence(assembly, check, references())
            .describe(batch, Objects.requireNonNull(folder)));
    return new ParityException(message, measured);
  }

  private String allowed() {
    return check.tolerance() == tolerance
        ? String.format(Locale.ROOT, "allowed %.1e", tolerance)
        : String.format(
            Locale.ROOT,
            "allowed %.1e here, so that %.1e holds on other rows",
            check.tolerance(),
            tolerance);
  }

  private static String engineDiffers(ParityCheck.ByRow byRow, Batch batch) {
    return String.format(
        Locale.ROOT,
        "output %s: the block's answers to a batch of %d rows differ by %.1e relative from its"
            + " answers to the same rows one by one, with which the file agrees (%.1e); so the trainer's"
            + " engine is wrong on batches, not the file: find the layer that is given a view it does"
            + " not read rightly, and hand it a copy (duplicate); nothing was published",
        byRow.output(),
        batch.count(),
        byRow.engine(),
        byRow.file());
  }
}
