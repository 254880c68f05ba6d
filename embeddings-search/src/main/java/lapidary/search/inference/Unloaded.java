package lapidary.search.inference;

import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import lapidary.runtime.serving.registry.ModelStatus;

/** What was unloaded and may be loaded again, for as long as its file is there. Thread-safe. */
final class Unloaded {
  private final Map<String, List<ModelStatus>> versions = new ConcurrentHashMap<>();

  void add(String name, List<ModelStatus> before) {
    versions.put(name, List.copyOf(before));
  }

  void remove(String name) {
    versions.remove(name);
  }

  Stream<ModelStatus> all() {
    versions.values().removeIf(each -> each.stream().noneMatch(Unloaded::exists));
    return versions.values().stream().flatMap(List::stream).filter(Unloaded::exists);
  }

  private static boolean exists(ModelStatus status) {
    return Files.exists(status.file());
  }
}
