package lapidary.search.http.page;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.search.projector.ThreeFiles;
import org.jspecify.annotations.Nullable;

/** The files of the page, which travel in the jar beside this class. Read once each. Thread-safe. */
final class PageFiles {
  /** No way out of the folder: names of lower-case letters, digits and hyphens, dots between them. */
  private static final Pattern NAME =
      Pattern.compile("(?:[a-z0-9-]+/){0,2}[a-z0-9-]+(?:\\.[a-z0-9-]+)*\\.([a-z]+)");

  /** The folder of another project's files, which are in a jar of their own. */
  private static final String THREE = "three/";

  private static final Map<String, String> TYPES = Map.of(
      "html", "text/html;charset=utf-8",
      "css", "text/css;charset=utf-8",
      "js", "text/javascript;charset=utf-8",
      "svg", "image/svg+xml");

  /** As many as there are files: what is not there is not kept. */
  private final Map<String, PageFile> read = new ConcurrentHashMap<>();

  /** A file by its path in the folder, such as {@code core/dom.js}; empty if there is none. */
  Optional<PageFile> file(String path) {
    PageFile known = read.get(path);
    return known != null ? Optional.of(known) : type(path).flatMap(type -> load(path, type));
  }

  private static Optional<String> type(String path) {
    Matcher name = NAME.matcher(path);
    return name.matches() ? Optional.ofNullable(TYPES.get(name.group(1))) : Optional.empty();
  }

  private static @Nullable InputStream opened(String path) {
    return path.startsWith(THREE)
        ? ThreeFiles.opened(path.substring(THREE.length()))
        : PageFiles.class.getResourceAsStream(path);
  }

  private Optional<PageFile> load(String path, String type) {
    try (InputStream in = opened(path)) {
      if (in == null) {
        return Optional.empty();
      }
      PageFile file = new PageFile(type, in.readAllBytes());
      read.put(path, file);
      return Optional.of(file);
    } catch (IOException e) {
      throw new IllegalStateException("file " + path + " of the page cannot be read", e);
    }
  }
}
