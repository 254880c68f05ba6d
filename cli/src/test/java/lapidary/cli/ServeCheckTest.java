package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.cli.console.ExitCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code serve --check} says of what would be served. */
final class ServeCheckTest {
  @TempDir
  Path folder;

  @Test
  void saysWhatCanBeServedAndEnds() throws IOException {
    Path models = Files.createDirectories(folder.resolve("models"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Cli.Run ran = Cli.run(
          "serve",
          "--collections",
          Files.createDirectories(folder.resolve("all")),
          "--models",
          models,
          "--port",
          taken.getLocalPort(),
          "--grpc-port",
          taken.getLocalPort(),
          "--metrics-port",
          taken.getLocalPort(),
          "--check");
      assertThat(ran.code()).as(ran.err()).isEqualTo(ExitCode.DONE);
      assertThat(ran.out()).startsWith("can be served");
    }
  }

  @Test
  void refusesWhatCannotBeServed() {
    Cli.Run ran = Cli.run("serve", "--collection", folder.resolve("none"), "--check");
    assertThat(ran.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(ran.err()).startsWith("lapidary: ").contains("none");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void asADocumentItHasNoAddress() throws IOException {
    Path home = Files.createDirectories(folder.resolve("all"));
    assertThat(Cli.json("serve", "--collections", home, "--check").fieldNames())
        .toIterable()
        .containsExactly("collections", "models", "movies");
  }
}
