package lapidary.cli.predict;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.OverwriteOption;
import lapidary.cli.console.Skipped;
import lapidary.cli.option.BulkDevice;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.GpuOption;
import lapidary.cli.option.ModelFiles;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.csv.CsvReader;
import lapidary.runtime.Embedder;
import lapidary.runtime.ImageClassifier;
import lapidary.runtime.Model;
import lapidary.runtime.RatingPredictor;
import lapidary.runtime.TablePredictor;
import lapidary.search.embed.BulkEmbedding;
import lapidary.search.embed.Embedded;
import lapidary.search.embed.EmbeddingOptions;
import lapidary.search.embed.VectorModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "predict",
    description =
        "Answers for image files, pairs of user and item, or rows of a CSV file, with an exported model.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary predict nn.onnx boot.png shirt.png --top 3",
      "  ./lapidary predict photos.onnx holiday.zip more-photos/",
      "  ./lapidary predict ratings.onnx 196,242 42,50",
      "  ./lapidary predict adult.onnx rows.csv --out answers.csv"
    })
public final class PredictCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final GpuOption gpu = new GpuOption();

  @Parameters(index = "0", paramLabel = "FILE.onnx", description = "The model.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Image files, folders or zip archives of them; USER,ITEM for a rating file; a CSV file for a tabular model, one JSON line a row with --json.")
  private List<String> inputs = List.of();

  @Option(
      names = {"-k", "--top"},
      paramLabel = "K",
      description = "Classes shown for each image; default 1.")
  private @Nullable Integer top;

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE.csv",
      description = "Rows of a table: where to write the answers; default standard output.")
  private @Nullable Path target;

  @Option(
      names = "--strict",
      description =
          "Images: end with an error at the first file that is not an image; otherwise it is skipped.")
  private boolean strict;

  @Option(
      names = "--batch",
      paramLabel = "N",
      description =
          "Images: run N at a time at most, where a GPU has not the memory for more; default by the model.")
  private @Nullable Integer batch;

  @Mixin
  private final CsvOption csv = new CsvOption();

  private final Console console;

  public PredictCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (top != null && top < 1) {
      throw new InvalidInputException("--top " + top + " is below 1; ask for at least one class");
    }
    if (batch != null && batch < 1) {
      throw new InvalidInputException(
          "--batch " + batch + " runs nothing; give at least one image");
    }
    if (target != null) {
      overwrite.requireFree(target, inputs());
    }
    BulkDevice bulk = BulkDevice.of(device.device(), paths(inputs.stream()));
    try (Model model = ModelFiles.open(file, gpu.on(bulk.device()))) {
      ModelKind kind = ModelKind.of(model);
      if (kind != ModelKind.TABLES && (target != null || csv.given())) {
        throw new InvalidInputException(
            "--out and the options of CSV files are for rows of a table;" + " " + file
                + " takes none");
      }
      return switch (kind) {
        case TABLES -> predictRows(model);
        case RATINGS -> rate(model);
        case IMAGES -> classify(model, bulk.workers());
      };
    }
  }

  /** What is read, as far as these are files. */
  private Path[] inputs() {
    return paths(Stream.concat(Stream.of(file.toString()), inputs.stream())).toArray(Path[]::new);
  }

  private static List<Path> paths(Stream<String> names) {
    return names.map(Path::of).toList();
  }

  private int predictRows(Model model) {
    requireNoImageOptions("predicts from rows of a table");
    if (inputs.size() != 1) {
      throw new InvalidInputException(
          file + " predicts from one CSV file at a time; give one, not " + inputs);
    }
    Path rows = Path.of(inputs.get(0));
    try (TablePredictor predictor = TablePredictor.of(model);
        CsvReader reader = CsvReader.open(rows, csv.of(rows))) {
      new TableStream(predictor, !answer.forPeople()).predict(reader, target, console);
      return ExitCode.DONE;
    }
  }

  private void requireNoImageOptions(String what) {
    if (top != null) {
      throw new InvalidInputException(
          "--top shows classes, but " + file + " " + what + "; omit it");
    }
    if (strict) {
      throw new InvalidInputException(
          "--strict is about images, but " + file + " " + what + "; omit it");
    }
    if (batch != null) {
      throw new InvalidInputException(
          "--batch is about images, but " + file + " " + what + "; omit it");
    }
  }

  private int rate(Model model) {
    requireNoImageOptions("predicts ratings");
    try (RatingPredictor predictor = RatingPredictor.of(model)) {
      RatingAnswers answers = RatingAnswers.of(predictor, file.toString(), inputs);
      return answer.give(console, answers, answers::print);
    }
  }

  private int classify(Model model, int workers) {
    VectorModel vectors = VectorModel.of(Embedder.of(model, Output.PROBABILITIES));
    try (ImageClassifier classifier = ImageClassifier.of(model);
        Embedded probabilities = BulkEmbedding.of(
                batch == null ? vectors : new SmallerBatches(vectors, batch),
                EmbeddingOptions.standard().withStrict(strict).withWorkers(workers))
            .telling(reason -> Skipped.say(reason, console))
            .files(paths(inputs.stream()))) {
      ImageAnswers answers = ImageAnswers.of(classifier, probabilities, top == null ? 1 : top);
      return answer.give(console, answers, answers::print);
    }
  }
}
