package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom to let in. */
final class AccessOptions {
  private static final String TOKEN = "LAPIDARY_TOKEN";

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description =
          "Who may do what: a line for each token, such as \"read dashboard TOKEN\"; roles are read, write and admin. Read again when it changes.")
  private @Nullable Path tokens;

  @Option(
      names = "--no-auth",
      description = "Let every machine in that can reach the host, without a token.")
  private boolean noAuth;

  /**
   * What was asked for.
   *
   * @param environment variables of this process, of which LAPIDARY_TOKEN is a token for everything
   */
  Access access(Map<String, String> environment) {
    String token = environment.get(TOKEN);
    requireOne(token);
    if (token != null) {
      return new Access.Bearer(token);
    }
    if (tokens != null) {
      return new Access.Bearer(Tokens.of(tokens));
    }
    return noAuth ? new Access.NoAuth() : new Access.Loopback();
  }

  private void requireOne(@Nullable String token) {
    List<String> given = Stream.of(
            Optional.ofNullable(token).map(secret -> TOKEN),
            Optional.ofNullable(tokens).map(file -> "--tokens"),
            Optional.of("--no-auth").filter(option -> noAuth))
        .flatMap(Optional::stream)
        .toList();
    if (given.size() > 1) {
      throw new InvalidInputException(
          String.join(" and ", given) + " contradict each other; give one of them");
    }
  }
}
