package lapidary.cli.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.trainer.Checkpoint;
import lapidary.trainer.ImportedNetwork;
import lapidary.trainer.Training;
import lapidary.trainer.kind.PhotoModel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "import",
    description =
        "Takes a published network as it is into a run folder, from which it can be exported.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary import resnet18 --pretrained resnet18.safetensors --labels imagenet.txt --out runs/imagenet",
      "  ./lapidary export runs/imagenet -o imagenet.onnx"
    })
public final class ImportCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Parameters(
      paramLabel = "MODEL",
      completionCandidates = PhotoModels.class,
      description = "One of ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String model;

  @Option(
      names = "--pretrained",
      required = true,
      paramLabel = "FILE",
      description = "Its weights, .safetensors or .onnx with torchvision's names.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path weights;

  @Option(
      names = "--labels",
      paramLabel = "FILE",
      description =
          "The classes' names, one a line; a first line too many, such as background, is left out.")
  private @Nullable Path labels;

  @Option(
      names = "--size",
      defaultValue = "224",
      paramLabel = "PIXELS",
      description = "Height and width of the photos it was trained on; default ${DEFAULT-VALUE}.")
  private int size;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "RUN",
      description = "The run folder to write.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path run;

  private final Console console;

  public ImportCommand(Console console) {
    this.console = console;
  }

  /** The networks that are published. */
  static final class PhotoModels implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return PhotoModel.names().iterator();
    }
  }

  /** What was taken in. */
  record Document(String run, String model, int classes, String weightsSha256) {}

  @Override
  public Integer call() {
    Training.requireFree(run);
    if (Files.exists(run.resolve(Checkpoint.FOLDER)) || Files.isRegularFile(run)) {
      throw new InvalidInputException(run + " is taken; choose another folder");
    }
    ModelDescription description = ImportedNetwork.save(
        model, weights, Optional.ofNullable(labels).map(this::names), size, run);
    Document document = new Document(
        run.toString(),
        description.architecture().name(),
        description.labels().size(),
        description.provenance().weightsSha256());
    return answer.give(
        console,
        document,
        out -> out.printf(
            Locale.ROOT,
            "%s: %s with %d classes, weights sha256 %s%n",
            document.run(),
            document.model(),
            document.classes(),
            document.weightsSha256()));
  }

  private List<String> names(Path file) {
    try {
      return Files.readAllLines(file).stream().map(String::strip).toList();
    } catch (IOException e) {
      throw FileFailure.reading("labels " + file, e, "give a text file, one name a line");
    }
  }
}
