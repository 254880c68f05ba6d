package lapidary.search.http.page;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * The one page around all views. A browser is told at once of every module that the view needs, rather than finding one in another; and
 * the addresses of files hold a version of them all, so that it need not ask again for what it has. Thread-safe.
 */
final class Shell {
  private static final String NAME = "index.html";
  private static final String MAIN = "main.js";
  private static final String FOLDER = "/page/";
  private static final Pattern LINKED = Pattern.compile("(?:href|src)=\"" + FOLDER + "([^\"]+)\"");
  private static final int DIGITS = 12;

  private final PageFiles files;
  private final Modules modules;
  private final String text;
  /** Takes all files to find out, which a start does not wait for. */
  private final AtomicReference<@Nullable String> version = new AtomicReference<>();

  private final Map<String, PageFile> made = new ConcurrentHashMap<>();

  Shell(PageFiles files) {
    this.files = files;
    this.modules = new Modules(files);
    this.text = new String(content(NAME), StandardCharsets.UTF_8);
  }

  /** What the addresses of files begin with, below their folder: changes with any of them. */
  String version() {
    String known = version.get();
    if (known == null) {
      known = "v-" + digest();
      version.set(known);
    }
    return known;
  }

  /**
   * As a browser gets it.
   *
   * @param view whose modules are named, such as {@code photos}
   */
  PageFile of(String view) {
    return made.computeIfAbsent(view, this::make);
  }

  private PageFile make(String view) {
    String preloads = modules.loadedWith(List.of(MAIN, "views/" + view + ".js")).stream()
        .map(path -> "<link rel=\"modulepreload\" href=\"" + FOLDER + path + "\">\n")
        .collect(Collectors.joining());
    String whole = text.replace("</head>", preloads + "</head>")
        .replace('"' + FOLDER, '"' + FOLDER + version() + '/');
    return new PageFile("text/html;charset=utf-8", whole.getBytes(StandardCharsets.UTF_8));
  }

  private String digest() {
    Set<String> linked = linked();
    List<String> scripts = linked.stream().filter(path -> path.endsWith(".js")).toList();
    Set<String> all = new TreeSet<>(linked);
    all.addAll(modules.reachedFrom(scripts));
    String tags = Stream.concat(Stream.of(NAME), all.stream())
        .map(path -> path + Sha256.of(content(path)))
        .collect(Collectors.joining());
    return Sha256.of(tags.getBytes(StandardCharsets.UTF_8)).substring(0, DIGITS);
  }

  private Set<String> linked() {
    Matcher links = LINKED.matcher(text);
    return links.results().map(found -> found.group(1)).collect(Collectors.toSet());
  }

  private byte[] content(String path) {
    return files
        .file(path)
        .orElseThrow(() -> new IllegalStateException(
            "the page has no file " + path + ", which its shell links to; correct the link"))
        .content();
  }
}
