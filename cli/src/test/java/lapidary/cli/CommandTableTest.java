package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import lapidary.cli.console.Console;
import lapidary.cli.console.Output;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class CommandTableTest {
  private final Console console = new Console(
      Output.to(new PrintWriter(new StringWriter())),
      new PrintWriter(new StringWriter()),
      Map.of());

  private final CommandTable table = new CommandTable(console);

  @Test
  void commandsAreListedByTheirOwnNames() {
    assertThat(Main.commandLine(console).getSubcommands().keySet())
        .containsExactlyElementsOf(table.names());
  }

  @Test
  void onlyTheOneThatIsAskedForIsMade() {
    assertThat(table.asked("devices", "--json")).singleElement().isInstanceOf(DevicesCommand.class);
    assertThat(table.asked("train")).singleElement().isInstanceOf(CommandLine.class);
  }

  @Test
  void allAreMadeForWhoAsksForNoneOfThem() {
    assertThat(table.asked()).hasSameSizeAs(table.names());
    assertThat(table.asked("--help")).hasSameSizeAs(table.names());
    assertThat(table.asked("trian")).hasSameSizeAs(table.names());
  }
}
