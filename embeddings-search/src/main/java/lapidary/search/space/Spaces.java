package lapidary.search.space;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Spaces by the names of what was placed, computed beside their callers: one of a method at a time, in the order in which they were asked
 * for. They are kept in memory until there are too many points, the longest unused going first; a space is computed anew when its
 * population has changed and somebody asks. Threads end when they have nothing to do. Thread-safe.
 */
public final class Spaces {
  /** Bytes that a point takes: its number, its place, its codes. */
  private static final int POINT = 20;

  private static final int IDLE_SECONDS = 10;

  private final Map<Method, ExecutorService> lanes = new EnumMap<>(Method.class);
  private final Map<Key, Kept> kept = new LinkedHashMap<>(16, .75f, true);
  private final long mostPoints;

  private record Key(String name, Method method) {}

  /** Of one population by one method: what was computed last, and what is being computed. */
  private static final class Kept {
    private Optional<Space> ready = Optional.empty();
    private Optional<Computing> computing = Optional.empty();
  }

  /** The space of some items, as it comes. */
  private static final class Computing {
    private final long[] numbers;
    private final CompletableFuture<Space> space;
    private final Progress progress;

    Computing(long[] numbers, CompletableFuture<Space> space, Progress progress) {
      this.numbers = numbers;
      this.space = space;
      this.progress = progress;
    }

    boolean isOf(long[] others) {
      return Arrays.equals(numbers, others);
    }
  }

  /** Keeps as many points as fit into a sixteenth of the heap. */
  public Spaces() {
    this(Runtime.getRuntime().maxMemory() / 16 / POINT);
  }

  /** @param mostPoints how many points are kept, as far as one space does not have more alone */
  Spaces(long mostPoints) {
    this.mostPoints = mostPoints;
    for (Method method : Method.values()) {
      lanes.put(method, lane("lapidary-" + method.text()));
    }
  }

  private static ExecutorService lane(String name) {
    ThreadPoolExecutor lane = new ThreadPoolExecutor(
        1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
    lane.allowCoreThreadTimeOut(true);
    return lane;
  }

  /** The drawing of what has a name. */
  public Drawing drawing(String name, Populated populated) {
    return new Drawing(this, name, populated);
  }

  /** The space of the items of this moment, as it comes; one that failed is tried again when it is next asked for. */
  CompletableFuture<Space> now(String name, Method method, Populated populated) {
    long[] numbers = populated.read(population -> {
      method.require(population);
      return population.numbers();
    });
    synchronized (kept) {
      Kept here = kept.computeIfAbsent(new Key(name, method), unused -> new Kept());
      if (here.ready.filter(space -> space.isOf(numbers)).isPresent()) {
        return CompletableFuture.completedFuture(here.ready.get());
      }
      return here.computing
          .filter(each -> each.isOf(numbers))
          .orElseGet(() -> begin(here, method, populated, numbers))
          .space;
    }
  }

  /** Written down first and begun then: what fails at once is forgotten as well. */
  private Computing begin(Kept here, Method method, Populated populated, long[] numbers) {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    Progress progress = new Progress();
    Computing computing = new Computing(
        numbers,
        begun
            .thenApplyAsync(
                unused -> populated.read(population -> Space.of(population, method, progress)),
                lanes.get(method))
            .whenComplete((space, failure) -> end(here, numbers, Optional.ofNullable(space))),
        progress);
    here.computing = Optional.of(computing);
    begun.complete(null);
    return computing;
  }

  private void end(Kept here, long[] numbers, Optional<Space> space) {
    synchronized (kept) {
      here.computing = here.computing.filter(each -> !each.isOf(numbers));
      if (space.isPresent()) {
        here.ready = space;
        shed();
      }
    }
  }

  private void shed() {
    Deque<Kept> eldestFirst = new ArrayDeque<>(kept.values());
    long points = eldestFirst.stream()
        .flatMap(each -> each.ready.stream())
        .mapToLong(Space::count)
        .sum();
    while (points > mostPoints && eldestFirst.size() > 1) {
      Kept eldest = eldestFirst.removeFirst();
      points -= eldest.ready.map(Space::count).orElse(0);
      eldest.ready = Optional.empty();
    }
  }

  /** How far what is being computed is, 0 to 1; empty if nothing is. */
  OptionalDouble progress(String name, Method method) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(new Key(name, method)))
          .flatMap(here -> here.computing)
          .map(computing -> OptionalDouble.of(computing.progress.share()))
          .orElse(OptionalDouble.empty());
    }
  }

  /** The space of a version, if it is kept. */
  Optional<Space> find(String name, Method method, String version) {
    synchronized (kept) {
      return Optional.ofNullable(kept.get(new Key(name, method)))
          .flatMap(here -> here.ready)
          .filter(space -> space.version().equals(version));
    }
  }

  /** Gives up all of a name. */
  public void forget(String name) {
    synchronized (kept) {
      kept.keySet().removeIf(key -> key.name().equals(name));
    }
  }
}
