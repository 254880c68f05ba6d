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
 * Ten times as many searches by picture as a service can answer, for some seconds; the same with large bodies; and searches by picture
 * while other connections trickle their bodies. After each it is asked at a tenth of its capacity, from two seconds on. Arguments:
 * seconds, the name of a collection, a small picture, a picture of many megabytes, and the command that starts the service, which
 * names its heap ({@code LAPIDARY_JAVA_OPTS=-Xmx512m ./lapidary serve …}). Needs wrk.
 */
public final class Overload {
  private static final int TRICKLING = 66;
  private static final long ANNOUNCED = 17L << 20;

  private final RunningServer server;
  private final LoadRequest search;
  private final int seconds;
  private final double capacity;

  private Overload(RunningServer server, LoadRequest search, int seconds, double capacity) {
    this.server = server;
    this.search = search;
    this.seconds = seconds;
    this.capacity = capacity;
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
      Wrk.load(server.url(), small, 16, 10);
      double capacity = Wrk.load(server.url(), small, 16, 10).rate();
      System.out.printf(Locale.ROOT, "capacity %,.0f searches by picture a second%n", capacity);
      Overload overload = new Overload(server, small, seconds, capacity);
      overload.print("ten times the capacity", small, 10 * capacity);
      overload.print("large bodies, as many a second as the capacity", large, capacity);
      try (SlowSenders senders = SlowSenders.start(server.url(), path, TRICKLING, ANNOUNCED)) {
        overload.print(TRICKLING + " trickling connections beside", small, capacity / 10);
        System.out.println("  trickling connections left: " + senders.left());
      }
    }
  }

  private void print(String title, LoadRequest request, double rate) throws InterruptedException {
    DoubleAccumulator most = new DoubleAccumulator(Math::max, 0);
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();
    Future<?> unused =
        watch.scheduleAtFixedRate(() -> most.accumulate(resident()), 0, 100, TimeUnit.MILLISECONDS);
    Tally tally = new Arrivals(server.url()).send(request, rate, seconds);
    watch.shutdown();
    TimeUnit.SECONDS.sleep(2);
    Tally after = new Arrivals(server.url()).send(search, capacity / 10, 5);
    System.out.printf(
        Locale.ROOT,
        "%s (%,.0f/s for %d s)%n%s  resident at most %.0f MiB, alive %s%n two seconds later%n%s",
        title,
        rate,
        seconds,
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
