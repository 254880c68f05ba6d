package lapidary.cli.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.exporter.ExportOptions;
import lapidary.exporter.ExportReport;
import lapidary.exporter.OnnxExporter;
import lapidary.exporter.quantize.QuantizationReport;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Signature;
import lapidary.trainer.TrainedModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "export",
    description =
        "Cuts a trained run into a self-contained ONNX file and checks it against the trainer.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary export runs/nn -o nn.onnx",
      "  ./lapidary export runs/films -o ratings.onnx --items items.onnx",
      "  ./lapidary export runs/photos -o small.onnx --precision int8 --calibrate photos.zip"
    })
public final class ExportCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final ParityOption parity = new ParityOption();

  @Mixin
  private final EpochOption epoch = new EpochOption();

  @Parameters(paramLabel = "RUN", description = "The folder that train wrote.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "FILE.onnx",
      description = "The file to write.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path target;

  @Option(
      names = "--items",
      paramLabel = "FILE.onnx",
      description =
          "collab: the second file, items' embeddings and biases, titles in its metadata.")
  private @Nullable Path items;

  @Mixin
  private final PrecisionOption precision = new PrecisionOption();

  @Option(names = "--opset", paramLabel = "N", description = "ONNX operator set, 17 to 21.")
  private @Nullable Integer opset;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "Fix the batch size; without it any batch fits.")
  private @Nullable Integer batch;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description = "resnet*: fix height and width; without it photos of any size fit.")
  private @Nullable Integer size;

  private final Console console;

  public ExportCommand(Console console) {
    this.console = console;
  }

  /** What was written. */
  record Document(
      @JsonUnwrapped ExportReport report,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ExportReport> items) {}

  @Override
  public Integer call() {
    RecommenderExport.requireTwo(target, items);
    overwrite.requireFree(target);
    overwrite.requireFree(items);
    boolean inWholeNumbers = precision.isInt8();
    try (TrainedModel trained = epoch.load(run, console)) {
      RecommenderExport.requireFits(trained, items);
      if (inWholeNumbers) {
        return inWholeNumbers(trained);
      }
      ModelDescription description = described(trained.description());
      List<OnnxExporter.Job> jobs = new ArrayList<>();
      jobs.add(new OnnxExporter.Job(
          trained.network().block(),
          description,
          target,
          opened(options(), description),
          parity.rows(description, trained.data(), console)));
      RecommenderExport.items(trained, items, options(), parity, console).ifPresent(jobs::add);
      List<ExportReport> reports = OnnxExporter.exportTogether(jobs);
      ExportReport report = reports.get(0);
      Document document = new Document(report, reports.stream().skip(1).findFirst());
      return answer.give(console, document, out -> {
        epoch.taken(trained, run).ifPresent(out::println);
        print(report, out);
        document.items().ifPresent(second -> print(second, out));
      });
    }
  }

  /** Through a file in 32 bits, which is not kept. */
  private int inWholeNumbers(TrainedModel trained) {
    ModelDescription description = described(trained.description());
    WholeNumbers export = new WholeNumbers(precision, target, console);
    QuantizationReport report = export.of(
        trained,
        base -> OnnxExporter.export(
            trained.network().block(),
            description,
            base,
            opened(options(), description),
            parity.rows(description, trained.data(), console)));
    return answer.give(console, report, out -> {
      epoch.taken(trained, run).ifPresent(out::println);
      WholeNumbers.print(report, out);
    });
  }

  /** Height and width stay open where the network takes any. */
  private ExportOptions opened(ExportOptions options, ModelDescription description) {
    return description
        .signature()
        .image()
        .filter(image -> size == null && description.architecture().takesAnySize())
        .map(options::withOpenSizeOf)
        .orElse(options);
  }

  private ModelDescription described(ModelDescription description) {
    if (size == null) {
      return description;
    }
    ImageInput image = description
        .signature()
        .image()
        .filter(input -> description.architecture().takesAnySize())
        .orElseThrow(() -> new InvalidInputException(description.architecture().name()
            + " takes inputs of one size; --size is for networks of photos"));
    return description.withSignature(new Signature(
        List.of(image.withSize(size, size)), description.signature().outputs()));
  }

  private static void print(ExportReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: %,d bytes, %d nodes, opset %d, sha256 %s%n",
        report.file(),
        report.bytes(),
        report.nodes(),
        report.opset(),
        report.sha256());
    ParityOption.print(report.parity(), out);
    report.notes().forEach(out::println);
  }

  private ExportOptions options() {
    ExportOptions options = ExportOptions.defaults().withPrecision(precision.traced());
    options = opset == null ? options : options.withOpset(opset);
    options = batch == null ? options : options.withBatch(batch);
    return parity.tolerance() == null ? options : options.withTolerance(parity.tolerance());
  }
}
