package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom {@code serve} lets in, as far as it refuses to start. */
final class ServeAccessTest {
  private static final String TOKEN = "reader-token-0123456789";

  @TempDir
  Path folder;

  @Test
  void oneWayToSayWhoMayDoWhat() throws IOException {
    Path tokens = Files.writeString(folder.resolve("tokens"), "read dashboard " + TOKEN + "\n");

    refuses("--tokens and --no-auth contradict each other", "--tokens", tokens, "--no-auth");
  }

  @Test
  void aFaultyFileOfTokensIsRefusedWithoutPrintingThem() throws IOException {
    Path tokens = Files.writeString(folder.resolve("tokens"), "\n" + TOKEN + " dashboard read\n");

    refuses(
        "line 2 does not begin with a role; write one of read, write, admin", "--tokens", tokens);
    refuses("no-such-file", "--tokens", folder.resolve("no-such-file"));
  }

  private void refuses(String sentence, Object... options) {
    Object[] command = new Object[options.length + 5];
    System.arraycopy(
        new Object[] {"serve", "--collection", folder.resolve("none"), "--port", 0},
        0,
        command,
        0,
        5);
    System.arraycopy(options, 0, command, 5, options.length);
    Cli.Run ran = Cli.run(command);
    assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).startsWith("lapidary: ").contains(sentence).doesNotContain(TOKEN);
  }
}
