package lapidary.models;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The names under which this process is writing now. The process has one end, so there is one list for all of it. Thread-safe.
 */
final class Unfinished {
  private static final Set<Path> NAMES = ConcurrentHashMap.newKeySet();

  private Unfinished() {}

  static void add(Path temporary) {
    NAMES.add(temporary.toAbsolutePath());
  }

  static void remove(Path temporary) {
    NAMES.remove(temporary.toAbsolutePath());
  }

  static List<Path> all() {
    return List.copyOf(NAMES);
  }
}
