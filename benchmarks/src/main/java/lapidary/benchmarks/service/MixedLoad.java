package lapidary.benchmarks.service;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import lapidary.benchmarks.Processor;

/**
 * Searches, puts and deletes beside one another for long: each answer is counted by its status, and memory is printed as it goes on.
 * Arguments: minutes, the name of a collection, values of its vectors, searchers, writers, and the command that starts the service.
 */
public final class MixedLoad {
  /** Items that come and go; so many that most puts replace one. */
  private static final int ITEMS = 500;

  private static final int PERIOD_SECONDS = 30;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final String collection;
  private final int width;
  private final Tally tally = new Tally();

  private MixedLoad(String url, String name, int width) {
    this.url = url;
    this.collection = "/v1/collections/" + name;
    this.width = width;
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int minutes = Integer.parseInt(arguments[0]);
    int searchers = Integer.parseInt(arguments[3]);
    int writers = Integer.parseInt(arguments[4]);
    List<String> command = Arrays.asList(arguments).subList(5, arguments.length);
    System.out.println(Processor.line());
    try (RunningServer server = RunningServer.start(command)) {
      MixedLoad load = new MixedLoad(server.url(), arguments[1], Integer.parseInt(arguments[2]));
      long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
      ExecutorService threads = Executors.newFixedThreadPool(searchers + writers);
      for (int i = 0; i < searchers + writers; i++) {
        Random random = new Random(i);
        boolean writes = i >= searchers;
        threads.execute(() -> load.run(end, random, writes));
      }
      threads.shutdown();
      long start = System.nanoTime();
      while (!threads.awaitTermination(PERIOD_SECONDS, TimeUnit.SECONDS)) {
        System.out.printf(
            Locale.ROOT,
            "after %.0f s resident %.0f MiB%n",
            (System.nanoTime() - start) / 1e9,
            server.resident());
      }
      System.out.print(load.tally);
    }
  }

  private void run(long end, Random random, boolean writes) {
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      if (writes) {
        ask("delete or put", write(random));
      } else {
        ask("search", search(random));
      }
    }
  }

  private LoadRequest search(Random random) {
    return LoadRequest.postJson(collection + "/search", "{\"vector\":" + vector(random) + "}");
  }

  private LoadRequest write(Random random) {
    String item = collection + "/items/mixed-" + random.nextInt(ITEMS);
    return random.nextInt(4) == 0
        ? LoadRequest.delete(item)
        : LoadRequest.putJson(item, "{\"vector\":" + vector(random) + "}");
  }

  private String vector(Random random) {
    return random
        .doubles(width)
        .mapToObj(value -> String.format(Locale.ROOT, "%.4f", value))
        .collect(Collectors.joining(",", "[", "]"));
  }

  private void ask(String what, LoadRequest request) {
    long start = System.nanoTime();
    String kind;
    try {
      kind = "status "
          + client.send(request.to(url), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      kind = e.getClass().getSimpleName() + ": " + e.getMessage();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    tally.add(what + ", " + kind, (System.nanoTime() - start) / 1e6);
  }
}
