package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lapidary.cli.console.Console;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** One word for one thing over all commands. */
final class WordsTest {
  private final List<OptionSpec> options = commands(Main.commandLine(Console.system()))
      .flatMap(command -> command.getCommandSpec().options().stream())
      .toList();

  private static Stream<CommandLine> commands(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(WordsTest::commands));
  }

  private List<OptionSpec> named(String name) {
    return options.stream()
        .filter(option -> List.of(option.names()).contains(name))
        .toList();
  }

  @Test
  void howManyAnswersIsAskedForByTheSameOptionEverywhere() {
    assertThat(named("--top")).hasSizeGreaterThan(5).isEqualTo(named("-k"));
    assertThat(named("--top")).extracting(OptionSpec::paramLabel).containsOnly("K");
    assertThat(named("--limit")).isEmpty();
  }

  @Test
  void principalComponentsAreAskedForByTheSameOptionEverywhere() {
    assertThat(named("--components")).hasSize(3).noneMatch(OptionSpec::hidden);
    assertThat(named("--pca")).as("what scripts of the first version give").isNotEmpty();
    assertThat(named("--pca")).allMatch(OptionSpec::hidden);
  }

  @Test
  void bestAndWorstEachDescribeThemselves() {
    String best = Cli.run("movies", "best", "--help").out();
    String worst = Cli.run("movies", "worst", "--help").out();
    assertThat(best).contains("from the highest bias down", "./lapidary movies best items.onnx");
    assertThat(worst).contains("from the lowest bias up", "./lapidary movies worst items.onnx");
  }

  @Test
  void helpSpeaksOfMoviesAlone() {
    assertThat(commands(Main.commandLine(Console.system()))
            .map(command -> command.getUsageMessage().replace("runs/films", "")))
        .noneMatch(help -> help.toLowerCase(Locale.ROOT).contains("film"));
  }
}
