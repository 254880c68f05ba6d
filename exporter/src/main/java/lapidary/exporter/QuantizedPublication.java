package lapidary.exporter;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import lapidary.exporter.graph.ModelFileWriter;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.exporter.quantize.Answers;
import lapidary.exporter.quantize.Candidates;
import lapidary.exporter.quantize.Judge;
import lapidary.exporter.quantize.QuantizationOptions;
import lapidary.exporter.quantize.QuantizationReport;
import lapidary.exporter.quantize.QuantizationSearch;
import lapidary.exporter.quantize.RowsDigest;
import lapidary.models.AtomicFile;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.models.QuantizationOrigin;
import lapidary.models.Temporaries;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.score.AlternatingTiming;
import org.jspecify.annotations.Nullable;

/** Fills the temporary file of a file in 8 bits: looks for the one that answers well enough, then writes it. Used once. */
final class QuantizedPublication implements AtomicFile.Filler {
  // One thread, so that sums in 32 bits do not depend on the machine's number of cores.
  private static final Device DEVICE = Device.cpu(1);
  private static final int BATCH = 8;

  private final Path base;
  private final Path target;
  private final RowSource source;
  private final Judge judge;
  private final QuantizationOptions options;
  private final Consumer<String> told;
  private @Nullable QuantizationOrigin origin;
  private double speedup;
  private long baseBytes;
  private String sha256 = "";

  QuantizedPublication(
      Path base,
      Path target,
      RowSource source,
      Judge judge,
      QuantizationOptions options,
      Consumer<String> told) {
    this.base = base;
    this.target = target;
    this.source = source;
    this.judge = judge;
    this.options = options;
    this.told = told;
  }

  QuantizationReport report(long bytes) {
    QuantizationOrigin made = Objects.requireNonNull(origin, "made by fill");
    return new QuantizationReport(target, sha256, bytes, baseBytes, made, speedup);
  }

  @Override
  public void fill(Path temporary) throws IOException {
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(base);
    baseBytes = checked.bytes();
    Path folder = Objects.requireNonNull(target.toAbsolutePath().getParent());
    Path scratch = Temporaries.beside(folder.resolve("candidate.onnx"), Temporaries.NEW);
    try (Model model = Model.open(checked, ModelOptions.of(DEVICE))) {
      fill(model, scratch, temporary);
    } finally {
      Temporaries.delete(scratch);
    }
  }

  private void fill(Model model, Path scratch, Path temporary) throws IOException {
    ModelDescription description = model
        .description()
        .orElseThrow(() -> new InvalidInputException(
            base + " does not say what it takes; give a file that Lapidary exported"));
    FileRows seen = rows(model, description, 0, options.rows());
    FileRows further = rows(model, description, options.rows(), Math.max(1, options.rows() / 2));
    told.accept("looking at what values are on " + options.rows() + " rows");
    Candidates candidates = Candidates.of(base, scratch, seen);
    Answers wanted = Answers.of(model, further);
    QuantizationSearch.Found found =
        new QuantizationSearch(model, candidates, wanted, judge, options.maxDrop(), told).search();
    ModelFileWriter writer = new ModelFileWriter(temporary);
    writer.write(candidates.write(found.layers(), found.rule()));
    Parity parity = measured(model, temporary, writer.sha256(), seen, wanted);
    origin = origin(model, found, seen);
    writer.append(ProtoWriter.metadata(metadata(model, description, parity)));
    sha256 = writer.sha256();
  }

  /** How fast the file is, and how far its answers are from those of the file in 32 bits. */
  private Parity measured(Model model, Path file, String digest, FileRows seen, Answers wanted) {
    try (Model made = Model.open(OnnxFileCheck.check(file, digest), ModelOptions.of(DEVICE))) {
      Map<String, Tensor> row = seen.first();
      speedup = AlternatingTiming.STANDARD
          .of(1, () -> made.run(row), () -> model.run(row))
          .ratio();
      return parity(wanted, made, seen.batch());
    }
  }

  private FileRows rows(Model model, ModelDescription description, int from, int count) {
    OptionalLong fixed = OnnxExporter.batch(model.inputs());
    int batch = fixed.isPresent() ? Math.toIntExact(fixed.getAsLong()) : BATCH;
    return new FileRows(description.signature(), source, from, count, batch, fixed.isPresent());
  }

  /** How far the answers are from those of the file in 32 bits; twice as far is allowed, in one digit, since rows differ. */
  private Parity parity(Answers wanted, Model made, int batch) {
    List<Parity.Difference> differences = wanted.differences(made);
    double worst =
        differences.stream().mapToDouble(Parity.Difference::relative).max().orElse(0);
    double allowed =
        new BigDecimal(2 * worst).round(new MathContext(1, RoundingMode.UP)).doubleValue();
    return new Parity(allowed, source.kind(), List.of(batch), differences);
  }

  private QuantizationOrigin origin(Model model, QuantizationSearch.Found found, FileRows seen) {
    Judge.Verdict verdict = found.verdict();
    return new QuantizationOrigin(
        model.sha256(),
        found.rule().name(),
        options.rows(),
        RowsDigest.of(seen),
        verdict.metric(),
        verdict.before(),
        verdict.after(),
        verdict.drop(),
        found.layers().size(),
        found.inFloat(),
        Math.round(2 * speedup) / 2.0);
  }

  private SortedMap<String, String> metadata(
      Model model, ModelDescription description, Parity parity) {
    SortedMap<String, String> metadata = new TreeMap<>(model.metadata());
    metadata.remove(DescriptionCodec.WEIGHTS_SHA256);
    metadata.putAll(DescriptionCodec.toMetadata(description.withParity(parity)));
    metadata.putAll(DescriptionCodec.toMetadata(Objects.requireNonNull(origin)));
    return metadata;
  }
}
