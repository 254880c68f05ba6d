package lapidary.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import lapidary.cli.console.Console;
import lapidary.cli.console.GroupCommand;
import lapidary.cli.console.Output;
import lapidary.cli.cuda.CudaInstallCommand;
import lapidary.cli.data.DataImagesCommand;
import lapidary.cli.data.DataListCommand;
import lapidary.cli.export.EmbeddingsCommand;
import lapidary.cli.export.ExportCommand;
import lapidary.cli.export.ImportCommand;
import lapidary.cli.export.InspectCommand;
import lapidary.cli.export.VerifyCommand;
import lapidary.cli.movies.MoviesRankCommand;
import lapidary.cli.movies.MoviesRecommendCommand;
import lapidary.cli.movies.MoviesSimilarCommand;
import lapidary.cli.predict.EvaluateCommand;
import lapidary.cli.predict.PredictCommand;
import lapidary.cli.search.EmbedCommand;
import lapidary.cli.search.IndexAddCommand;
import lapidary.cli.search.IndexCheckCommand;
import lapidary.cli.search.IndexCreateCommand;
import lapidary.cli.search.IndexInfoCommand;
import lapidary.cli.search.IndexRemoveCommand;
import lapidary.cli.search.PcaCommand;
import lapidary.cli.search.SearchCommand;
import lapidary.cli.serve.ServeCommand;
import lapidary.cli.train.ModelCommands;
import lapidary.models.cuda.CudaSet;
import picocli.CommandLine;

/** What a person can ask for, in the order of the help. Thread-safe. */
final class CommandTable {
  private final Console console;
  private final Map<String, Supplier<Object>> commands = new LinkedHashMap<>();

  CommandTable(Console console) {
    this.console = console;
    commands.put("demo", () -> new DemoCommand(console));
    commands.put("data", this::data);
    commands.put("train", () -> ModelCommands.train(console));
    commands.put("import", () -> new ImportCommand(console));
    commands.put("lr-find", () -> ModelCommands.search(console));
    commands.put("export", () -> new ExportCommand(console));
    commands.put("inspect", () -> new InspectCommand(console));
    commands.put("verify", () -> new VerifyCommand(console));
    commands.put("predict", () -> new PredictCommand(console));
    commands.put("evaluate", () -> new EvaluateCommand(console));
    commands.put("movies", this::movies);
    commands.put("embed", () -> new EmbedCommand(console));
    commands.put("embeddings", () -> new EmbeddingsCommand(console));
    commands.put("pca", () -> new PcaCommand(console));
    commands.put("index", this::index);
    commands.put("search", () -> new SearchCommand(console));
    commands.put("serve", () -> new ServeCommand(console, this::run));
    commands.put("devices", () -> new DevicesCommand(console));
    commands.put("cuda", this::cuda);
  }

  Set<String> names() {
    return commands.keySet();
  }

  List<Object> all() {
    return commands.values().stream().map(Supplier::get).toList();
  }

  /** The one that is asked for, or all if that is not known: to make all takes longer than many a command. */
  List<Object> asked(String... arguments) {
    Supplier<Object> asked = arguments.length == 0 ? null : commands.get(arguments[0]);
    return asked == null ? all() : List.of(asked.get());
  }

  /** A command whose answers are another one's progress. */
  private int run(String... command) {
    return Main.run(
        new Console(Output.to(console.err()), console.err(), console.environment()), command);
  }

  private CommandLine data() {
    return GroupCommand.of(
            "data", "Shows the known data sets and takes pictures out of them.", "data list")
        .addSubcommand(new DataListCommand(console))
        .addSubcommand(new DataImagesCommand(console));
  }

  private CommandLine cuda() {
    return GroupCommand.of(
            "cuda", "Brings what training and sessions on an NVIDIA GPU need.", "cuda install")
        .addSubcommand(new CudaInstallCommand(console, CudaSet.pinned()));
  }

  private CommandLine index() {
    return GroupCommand.of(
            "index",
            "Makes, changes and describes collections of searchable vectors.",
            "index create clothes --model nn.onnx --data fashion-mnist --components 32")
        .addSubcommand(new IndexCreateCommand(console))
        .addSubcommand(new IndexAddCommand(console))
        .addSubcommand(new IndexRemoveCommand(console))
        .addSubcommand(new IndexInfoCommand(console))
        .addSubcommand(new IndexCheckCommand(console));
  }

  private CommandLine movies() {
    return GroupCommand.of(
            "movies",
            "Answers from a recommender's two files: best, worst and similar items, and what to see next.",
            "movies best items.onnx --top 15 --min-ratings 20",
            "movies similar items.onnx \"star wars\"")
        .addSubcommand(MoviesRankCommand.of(console, MoviesRankCommand.End.best))
        .addSubcommand(MoviesRankCommand.of(console, MoviesRankCommand.End.worst))
        .addSubcommand(new MoviesSimilarCommand(console))
        .addSubcommand(new MoviesRecommendCommand(console));
  }
}
