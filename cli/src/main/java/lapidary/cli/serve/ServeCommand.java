package lapidary.cli.serve;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Interrupt;
import lapidary.cli.option.DeviceOption;
import lapidary.models.InvalidInputException;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.route.ServerLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description = "Answers searches and questions about movies over HTTP until it is stopped.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary serve --collection clothes",
      "  ./lapidary serve --items items.onnx --ratings ratings.onnx",
      "  LAPIDARY_TOKEN=$(openssl rand -hex 16) ./lapidary serve --collection clothes --host 0.0.0.0"
    })
public final class ServeCommand implements Callable<Integer> {
  private static final String TOKEN = "LAPIDARY_TOKEN";

  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Option(
      names = "--collection",
      arity = "1..*",
      paramLabel = "DIR",
      description = "Collections to serve.")
  private List<Path> collections = List.of();

  @Option(
      names = "--collections",
      paramLabel = "DIR",
      description =
          "A folder of collections: those in it are served, others can be made and dropped by HTTP.")
  private @Nullable Path home;

  @Option(
      names = "--model",
      arity = "1..*",
      paramLabel = "FILE.onnx",
      description = "Where the collections' models are now, if they were moved.")
  private List<Path> models = List.of();

  @Option(
      names = "--items",
      paramLabel = "ITEMS.onnx",
      description = "The item file of a collab model: answers questions about movies.")
  private @Nullable Path items;

  @Option(
      names = "--ratings",
      paramLabel = "RATINGS.onnx",
      description = "The rating file of the same model: recommends to its users.")
  private @Nullable Path ratings;

  @Option(
      names = "--host",
      defaultValue = "127.0.0.1",
      paramLabel = "HOST",
      description = "The address to listen at; default ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli fills it in
  private String host;

  @Option(
      names = "--port",
      defaultValue = "8080",
      paramLabel = "PORT",
      description = "The port, 0 for any free one; default ${DEFAULT-VALUE}.")
  private int port;

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

  private final Console console;

  public ServeCommand(Console console) {
    this.console = console;
  }

  /** Where it listens. */
  record Document(String url, List<String> collections, int movies) {}

  @Override
  public Integer call() throws Exception {
    requireSomething();
    try (Serving serving = Serving.start(
        new Serving.Files(
            collections,
            Optional.ofNullable(home),
            models,
            Optional.ofNullable(items),
            Optional.ofNullable(ratings)),
        device.device(),
        options())) {
      Document document =
          new Document(url(host, serving.port()), serving.names(), serving.movies());
      answer.give(
          console,
          document,
          out -> out.printf(
              Locale.ROOT,
              "%s serves %s%s; stop with Ctrl-C%n",
              document.url(),
              document.collections(),
              document.movies() == 0 ? "" : " and " + document.movies() + " movies"));
      serving.warnings().forEach(warning -> console.err().println("lapidary: " + warning));
      awaitInterrupt(serving);
    }
    return ExitCode.DONE;
  }

  /** An IPv6 address stands in brackets, and the percent sign before its zone is written as %25 (RFC 6874). */
  public static String url(String host, int port) {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return "http://" + (bare ? "[" + host.replace("%", "%25") + "]" : host) + ":" + port;
  }

  private void requireSomething() {
    if (collections.isEmpty() && home == null && items == null) {
      throw new InvalidInputException(
          "nothing to serve; give --collection DIR, --collections DIR or --items ITEMS.onnx");
    }
    if (items == null && ratings != null) {
      throw new InvalidInputException(
          "--ratings recommends among the movies of --items; give that file too");
    }
  }

  private ServerOptions options() {
    return new ServerOptions(
        host, port, access(console.environment().get(TOKEN)), ServerLimits.usual());
  }

  private Access access(@Nullable String token) {
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
    if (token != null) {
      return new Access.Bearer(token);
    }
    if (tokens != null) {
      return new Access.Bearer(Tokens.of(tokens));
    }
    return noAuth ? new Access.NoAuth() : new Access.Loopback();
  }

  /** Waits for Ctrl-C or a plain kill, then closes before the process goes down. */
  private static void awaitInterrupt(Serving serving) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Interrupt.during(asked::countDown, () -> {
      asked.await();
      serving.close();
      return null;
    });
  }
}
