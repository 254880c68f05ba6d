package lapidary.search.http.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which of the page's modules load which others, by what stands in them. Thread-safe. */
final class Modules {
  /** A bracket tells those that are loaded later, when they are wanted. */
  private static final Pattern IMPORT =
      Pattern.compile("\\b(?:from|import)\\s*(\\(?)\\s*'(\\.[^']+\\.js)'");

  private final PageFiles files;

  Modules(PageFiles files) {
    this.files = files;
  }

  /** These modules and all that is loaded with them, those first that are asked for first. */
  Set<String> loadedWith(Collection<String> paths) {
    return reached(paths, false);
  }

  /** These modules, what is loaded with them, and what they may load later. */
  Set<String> reachedFrom(Collection<String> paths) {
    return reached(paths, true);
  }

  private Set<String> reached(Collection<String> paths, boolean later) {
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(paths);
    while (!open.isEmpty()) {
      String path = open.poll();
      if (found.add(path)) {
        open.addAll(imports(path, later));
      }
    }
    return found;
  }

  private List<String> imports(String path, boolean later) {
    Matcher imports = IMPORT.matcher(text(path));
    return imports
        .results()
        .filter(found -> later || found.group(1).isEmpty())
        .map(found -> URI.create(path).resolve(found.group(2)).toString())
        .toList();
  }

  private String text(String path) {
    PageFile file = files
        .file(path)
        .orElseThrow(() -> new IllegalStateException(
            "a module of the page imports " + path + ", which is not there; correct the import"));
    return new String(file.content(), StandardCharsets.UTF_8);
  }
}
