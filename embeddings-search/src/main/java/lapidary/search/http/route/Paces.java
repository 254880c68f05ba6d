package lapidary.search.http.route;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/** The pace of each kind of work, by its name: that of a route, or of a model. Thread-safe. */
final class Paces {
  private final Map<String, Pace> paces = new ConcurrentHashMap<>();

  /** Whether work of that name ends so soon that a thread may do it beside its other duties; not before some was done. */
  boolean isShort(String name) {
    Pace pace = paces.get(name);
    return pace != null && pace.isShort();
  }

  /** Does work and remembers how long it took, if it succeeds. */
  <T> T timed(String name, Callable<T> work) throws Exception {
    long start = System.nanoTime();
    T done = work.call();
    took(name, System.nanoTime() - start);
    return done;
  }

  /** Remembers how many nanoseconds work of that name took. */
  void took(String name, long nanos) {
    paces.computeIfAbsent(name, unused -> new Pace()).took(nanos);
  }
}
