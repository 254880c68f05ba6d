package lapidary.benchmarks.service;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, which has to be installed; it keeps each connection busy with one request after the other. Stateless. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P50 = Pattern.compile("\\s50%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern P99 = Pattern.compile("\\s99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern ERRORS = Pattern.compile("Socket errors: (.*)");

  private Wrk() {}

  /**
   * What came of it.
   *
   * @param rate answers a second
   * @param p50 milliseconds that half of them took at most
   * @param p99 milliseconds that 99 of 100 took at most
   * @param failed answers that were not of status 2xx or 3xx
   * @param errors of sockets, in wrk's words; empty if there were none
   */
  record Outcome(double rate, double p50, double p99, long failed, String errors) {
    /** The better rate with its own times. */
    static Outcome better(Outcome first, Outcome second) {
      return first.rate >= second.rate ? first : second;
    }

    boolean clean() {
      return failed == 0 && errors.isEmpty();
    }
  }

  /** Sends a request over and over. */
  static Outcome load(String url, LoadRequest request, int connections, int seconds)
      throws IOException, InterruptedException {
    Path script = Files.createTempFile("request", ".lua");
    try {
      Files.writeString(script, request.lua(), StandardCharsets.ISO_8859_1);
      return outcome(said(List.of(
          "wrk",
          "-t1",
          "-c" + connections,
          "-d" + seconds + "s",
          "--latency",
          "-s",
          script.toString(),
          url + request.path())));
    } finally {
      Files.delete(script);
    }
  }

  private static String said(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException("wrk failed: " + said);
    }
    return said;
  }

  private static Outcome outcome(String said) {
    return new Outcome(
        Double.parseDouble(found(RATE, said, "0")),
        millis(P50, said),
        millis(P99, said),
        Long.parseLong(found(REFUSED, said, "0")),
        found(ERRORS, said, ""));
  }

  private static String found(Pattern pattern, String said, String otherwise) {
    Matcher matcher = pattern.matcher(said);
    return matcher.find() ? matcher.group(1) : otherwise;
  }

  private static double millis(Pattern pattern, String said) {
    Matcher matcher = pattern.matcher(said);
    if (!matcher.find()) {
      return Double.NaN;
    }
    double value = Double.parseDouble(matcher.group(1));
    return switch (matcher.group(2)) {
      case "us" -> value / 1000;
      case "ms" -> value;
      default -> value * 1000;
    };
  }
}
