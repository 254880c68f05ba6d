package lapidary.cli.serve;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.console.ExitCode;
import lapidary.cli.console.Interrupt;
import lapidary.cli.option.DeviceOption;
import lapidary.cli.option.GpuOption;
import lapidary.search.http.ServerOptions;
import lapidary.search.http.route.ServerLimits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "serve",
    description =
        "Answers searches, models and questions about movies over HTTP, models over gRPC too, until it is stopped.",
    footer = {
      "",
      "Examples:",
      "  ./lapidary serve --demo",
      "  ./lapidary serve --collection clothes",
      "  ./lapidary serve --model nn.onnx digits=mnist.onnx --grpc-port 8001",
      "  ./lapidary serve --models repository",
      "  ./lapidary serve --items items.onnx --ratings ratings.onnx",
      "  LAPIDARY_TOKEN=$(openssl rand -hex 16) ./lapidary serve --collection clothes --host 0.0.0.0"
    })
public final class ServeCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  @Mixin
  private final DeviceOption device = new DeviceOption();

  @Mixin
  private final ContentOptions content = new ContentOptions();

  @Mixin
  private final GpuOption gpu = new GpuOption();

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
      names = "--grpc-port",
      paramLabel = "PORT",
      description =
          "Answer the Open Inference Protocol over gRPC too, at this port of the same host, 0 for any free one.")
  private @Nullable Integer grpcPort;

  @Mixin
  private final AccessOptions access = new AccessOptions();

  @Mixin
  private final ObservationOptions observed = new ObservationOptions();

  private final Console console;
  private final Commands commands;

  /** @param commands what the demo is made by */
  public ServeCommand(Console console, Commands commands) {
    this.console = console;
    this.commands = commands;
  }

  /**
   * Where it listens, and what it serves.
   *
   * @param grpc host and port of gRPC; absent if it is not answered
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Document(
      String url,
      String metrics,
      @Nullable String grpc,
      List<String> collections,
      List<String> models,
      int movies) {
    void print(PrintWriter out) {
      out.printf(
          Locale.ROOT,
          "%s serves %s%s; stop with Ctrl-C%n",
          url,
          served(),
          grpc == null ? "" : ", models also over gRPC at " + grpc);
    }

    private String served() {
      String all = Stream.of(
              counted(collections, "collection"),
              counted(models, "model"),
              movies == 0 ? "" : movies + " movies")
          .filter(text -> !text.isEmpty())
          .collect(Collectors.joining(", "));
      return all.isEmpty() ? "nothing yet, open it for how to get something" : all;
    }

    private static String counted(List<String> names, String what) {
      return names.isEmpty()
          ? ""
          : what + (names.size() == 1 ? " " : "s ") + String.join(", ", names);
    }
  }

  @Override
  public Integer call() throws Exception {
    try (Serving serving = Serving.start(plan())) {
      Document document = document(serving);
      answer.give(console, document, document::print);
      serving.warnings().forEach(warning -> console.err().println("lapidary: " + warning));
      awaitInterrupt(serving);
    }
    return ExitCode.DONE;
  }

  private ServingPlan plan() {
    return new ServingPlan(
        content.content(commands),
        gpu.on(device.device()),
        new ServerOptions(host, port, access.access(console.environment()), ServerLimits.usual()),
        grpcPort == null ? OptionalInt.empty() : OptionalInt.of(grpcPort),
        observed.observation(console.out()));
  }

  private Document document(Serving serving) {
    return new Document(
        url(host, serving.port()),
        url(host, serving.metricsPort()) + "/metrics",
        serving.grpcPort().isEmpty() ? null : authority(host, serving.grpcPort().getAsInt()),
        serving.collections(),
        serving.models(),
        serving.movies());
  }

  /** As an address has it: one of IPv6 stands in brackets, and the percent sign before its zone is written as %25 (RFC 6874). */
  public static String url(String host, int port) {
    return "http://" + authority(host, port);
  }

  private static String authority(String host, int port) {
    boolean bare = host.contains(":") && !host.startsWith("[");
    return (bare ? "[" + host.replace("%", "%25") + "]" : host) + ":" + port;
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
