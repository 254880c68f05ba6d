package lapidary.cli;

import java.io.PrintWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.runtime.device.Devices;
import lapidary.trainer.engine.TrainingDevices;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "devices",
    description =
        "Shows what the trainer (DJL) and the runtime (ONNX Runtime) can run on, and why not.",
    footer = {"", "Example:", "  ./lapidary devices"})
final class DevicesCommand implements Callable<Integer> {
  @Mixin
  private final Answer answer = new Answer();

  private final Console console;

  DevicesCommand(Console console) {
    this.console = console;
  }

  /** One device as one engine sees it. */
  record Row(String engine, String device, boolean available, String reason) {}

  @Override
  public Integer call() {
    List<Row> rows = Stream.concat(
            TrainingDevices.probe().stream()
                .map(d -> new Row("trainer (DJL)", d.name(), d.available(), d.detail())),
            Devices.probe().stream()
                .map(d -> new Row("runtime (ONNX Runtime)", d.device(), d.available(), d.reason())))
        .toList();
    return answer.give(console, rows, out -> print(rows, out));
  }

  /** A reason that holds for several devices is told once. */
  private static void print(List<Row> rows, PrintWriter out) {
    Map<String, String> told = new HashMap<>();
    for (Row row : rows) {
      String first = told.putIfAbsent(row.reason(), row.device() + " of the " + row.engine());
      out.printf(
          Locale.ROOT,
          "%-24s %-10s %-4s %s%n",
          row.engine(),
          row.device(),
          row.available() ? "yes" : "no",
          first == null ? row.reason() : "the same as for " + first);
    }
  }
}
