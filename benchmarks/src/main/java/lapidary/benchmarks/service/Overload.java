package lapidary.benchmarks.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAccumulator;
import lapidary.benchmarks.Processor;

/**
 * Ten times as many callers as keep a service busy with searches by picture, for some seconds; the same with large bodies; and
 * connections that trickle theirs. Each connection asks again as soon as it was answered or refused. Beside them somebody asks twenty
 * times a second, whether the answers before have come or not: his waits are what is told; and he is there again two seconds later.
 * Arguments: seconds, the name of a collection, a small picture, a picture of many megabytes, and the command that starts the service,
 * which names its heap ({@code LAPIDARY_JAVA_OPTS=-Xmx512m ./lapidary serve …}). Needs wrk.
 */
public final class Overload {
  private static final int BUSY = 16;
  private static final int LARGE = 66;
  private static final int TRICKLING = 66;
  private static final long ANNOUNCED = 17L << 20;
  private static final double ASKED = 20;
  private static final int AFTERWARDS_SECONDS = 5;

  private final RunningServer server;
  private final LoadRequest search;
  private final int seconds;

  private Overload(RunningServer server, LoadRequest search, int seconds) {
    this.server = server;
    this.search = search;
    this.seconds = seconds;
  }

  /** What goes on beside the one who asks. */
  private interface Flood {
    /** Goes on for the seconds, and tells of itself. */
    String run() throws Exception;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    String path = "/v1/collections/" + arguments[1] + "/search";
    LoadRequest small = LoadRequest.postPicture(path, Files.readAllBytes(Path.of(arguments[2])));
    LoadRequest large = LoadRequest.postPicture(path, Files.readAllBytes(Path.of(arguments[3])));
    List<String> command = Arrays.asList(arguments).subList(4, arguments.length);
    System.out.println(Processor.line());
    try (RunningServer server = RunningServer.start(command)) {
      Overload overload = new Overload(server, small, seconds);
      Wrk.load(server.url(), small, BUSY, 10);
      System.out.println("busy: " + overload.load(small, BUSY));
      overload.print(10 * BUSY + " callers", () -> overload.load(small, 10 * BUSY));
      overload.print(LARGE + " callers with large bodies", () -> overload.load(large, LARGE));
      overload.print(TRICKLING + " trickling connections", () -> overload.trickle(path));
    }
  }

  private String load(LoadRequest request, int callers) throws Exception {
    Wrk.Outcome outcome = Wrk.load(server.url(), request, callers, seconds);
    return String.format(
        Locale.ROOT,
        "%,.0f answers a second, %,d refused of %,.0f, errors: %s",
        outcome.rate(),
        outcome.failed(),
        outcome.rate() * seconds,
        outcome.errors());
  }

  private String trickle(String path) throws Exception {
    try (SlowSenders senders = SlowSenders.start(server.url(), path, TRICKLING, ANNOUNCED)) {
      TimeUnit.SECONDS.sleep(seconds);
      return senders.left() + " connections left";
    }
  }

  private void print(String title, Flood flood) throws Exception {
    DoubleAccumulator most = new DoubleAccumulator(Math::max, 0);
    ScheduledExecutorService beside = Executors.newScheduledThreadPool(2);
    Future<?> unused = beside.scheduleAtFixedRate(
        () -> most.accumulate(resident()), 0, 100, TimeUnit.MILLISECONDS);
    Future<String> flooding = beside.submit(flood::run);
    Tally tally = new Arrivals(server.url()).send(search, ASKED, seconds);
    String told = flooding.get();
    beside.shutdown();
    TimeUnit.SECONDS.sleep(2);
    Tally after = new Arrivals(server.url()).send(search, ASKED, AFTERWARDS_SECONDS);
    System.out.printf(
        Locale.ROOT,
        "%s for %d s: %s%n%s  resident at most %.0f MiB, alive %s%n two seconds later%n%s",
        title,
        seconds,
        told,
        tally,
        most.get(),
        server.alive(),
        after);
  }

  private double resident() {
    try {
      return server.resident();
    } catch (IOException e) {
      return 0;
    }
  }
}
