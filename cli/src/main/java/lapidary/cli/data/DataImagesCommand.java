package lapidary.cli.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.OverwriteOption;
import lapidary.cli.option.DataOption;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;
import lapidary.models.Png;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "images",
    description = "Writes pictures of a data set as PNG files.",
    footer = {
      "",
      "Example:",
      "  ./lapidary data images --data fashion-mnist-sample --count 5 --out pictures"
    })
public final class DataImagesCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final OverwriteOption overwrite = new OverwriteOption();

  @Mixin
  private final DataOption data = new DataOption();

  @Option(
      names = "--count",
      defaultValue = "10",
      paramLabel = "N",
      description = "How many, from the first on; default ${DEFAULT-VALUE}.")
  private int count;

  @Option(
      names = {"-o", "--out"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  private final Console console;

  public DataImagesCommand(Console console) {
    this.console = console;
  }

  /** A written picture. */
  record Picture(String file, String label) {}

  @Override
  public Integer call() {
    ImageDataset set = data.load(console);
    LabelledImages part = data.split().of(set);
    if (count < 1 || count > part.count()) {
      throw new InvalidInputException("--count " + count + " is not between 1 and " + part.count());
    }
    List<Picture> pictures = new ArrayList<>();
    List<AtomicFile.Entry> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int image = i;
      Path file = folder.resolve(data.split().id(i) + ".png");
      overwrite.requireFree(file);
      files.add(new AtomicFile.Entry(
          file,
          temporary -> Files.write(temporary, Png.of(part.pixels().slice(image, image + 1), 0))));
      pictures.add(new Picture(file.toString(), set.labels().get(part.label(i))));
    }
    AtomicFile.publishAll(files);
    return answer.give(
        console, pictures, out -> pictures.forEach(p -> out.println(p.file() + "  " + p.label())));
  }
}
