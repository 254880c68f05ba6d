package lapidary.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Output;
import lapidary.cli.option.DataOption;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The main job from end to end, by the commands that a user would type. */
@Command(
    name = "demo",
    description =
        "Trains, exports, checks, predicts, indexes and searches on the embedded sample of Fashion-MNIST.",
    footer = {"", "Example:", "  ./lapidary demo --out demo"})
final class DemoCommand implements Callable<Integer> {
  private static final String DATA = "fashion-mnist-sample";

  @Mixin
  private final Answer answer = new Answer();

  @Option(
      names = "--out",
      defaultValue = "runs/demo",
      paramLabel = "DIR",
      description = "Where everything is kept; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private Path folder;

  private final Console console;

  DemoCommand(Console console) {
    this.console = console;
  }

  /** One command and what it answered. */
  record Step(List<String> command, String output, double seconds) {}

  @Override
  public Integer call() {
    List<Step> steps = new ArrayList<>();
    long start = System.nanoTime();
    for (List<String> command : commands()) {
      int code = run(command, steps);
      if (code != ExitCode.DONE) {
        return code;
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return answer.give(
        console,
        steps,
        out -> out.printf(
            Locale.ROOT,
            "Done in %.1f s. Next: ./lapidary serve --collection %s, or train on your own data: ./lapidary train --help%n",
            seconds,
            folder.resolve("clothes")));
  }

  private List<List<String>> commands() {
    String run = folder.resolve("nn").toString();
    String model = folder.resolve("nn.onnx").toString();
    String collection = folder.resolve("clothes").toString();
    String pictures = folder.resolve("pictures").toString();
    String picture =
        folder.resolve("pictures").resolve(DataOption.Split.test.id(0) + ".png").toString();
    return List.of(
        List.of(
            "train",
            "mnist-nn",
            "--data",
            DATA,
            "--epochs",
            "10",
            "--lr",
            "1e-3",
            "--seed",
            "0",
            "--out",
            run,
            "--overwrite"),
        List.of("export", run, "-o", model, "--overwrite"),
        List.of("evaluate", model, "--data", DATA),
        List.of("data", "images", "--data", DATA, "--count", "3", "--out", pictures, "--overwrite"),
        List.of("predict", model, picture, "--top", "3"),
        List.of(
            "index",
            "create",
            collection,
            "--model",
            model,
            "--data",
            DATA,
            "--components",
            "16",
            "--measure",
            "--overwrite"),
        List.of("search", collection, "--image", picture, "--top", "5"));
  }

  private int run(List<String> command, List<Step> steps) {
    StringWriter heard = new StringWriter();
    Output out = answer.forPeople() ? console.output() : Output.to(new PrintWriter(heard));
    if (answer.forPeople()) {
      console.out().println("$ ./lapidary " + String.join(" ", command));
    }
    long start = System.nanoTime();
    Console inner = new Console(out, console.err(), console.environment());
    int code = Main.run(inner, command.toArray(String[]::new));
    steps.add(new Step(command, heard.toString(), (System.nanoTime() - start) / 1e9));
    if (answer.forPeople()) {
      console.out().println();
    }
    return code;
  }
}
