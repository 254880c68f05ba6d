package lapidary.models.cuda;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tells whether the system's loader would find a shared library, without loading it: in its folders, in its cache, or in this
 * process already. Immutable, thread-safe.
 *
 * @param folders where the loader looks: {@code LD_LIBRARY_PATH} or {@code PATH}, {@code java.library.path}, the system's own
 * @param indexes files that name libraries by path, read as text: {@code /etc/ld.so.cache} and {@code /proc/self/maps}
 */
public record SharedLibraries(List<String> folders, List<Path> indexes) {
  private static final List<String> SYSTEM_FOLDERS = List.of(
      "/lib64",
      "/usr/lib64",
      "/lib",
      "/usr/lib",
      "/lib/x86_64-linux-gnu",
      "/usr/lib/x86_64-linux-gnu");

  /** Copies the lists. */
  public SharedLibraries {
    folders = List.copyOf(folders);
    indexes = List.copyOf(indexes);
  }

  /** What this process's loader sees now. */
  public static SharedLibraries ofThisProcess() {
    Stream<String> listed = Stream.of(
            environment("LD_LIBRARY_PATH"),
            environment("PATH"),
            System.getProperty("java.library.path", ""),
            System.getProperty("onnxruntime.native.path", ""))
        .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
        .filter(folder -> !folder.isBlank());
    List<String> folders =
        Stream.concat(listed, SYSTEM_FOLDERS.stream()).distinct().toList();
    return new SharedLibraries(
        folders, List.of(Path.of("/etc/ld.so.cache"), Path.of("/proc/self/maps")));
  }

  /** Those of {@code names} that the loader would not find, in their order. */
  public List<String> missing(List<String> names) {
    String index = index();
    return names.stream()
        .filter(name -> !inFolders(name) && !indexed(index, name))
        .toList();
  }

  /** The file itself behind a library's name and links; empty where it is not found, or only a running process has it. */
  public Optional<Path> find(String name) {
    Stream<String> listed = Arrays.stream(index().split("[\\x00\n]", -1))
        .filter(path -> path.endsWith("/" + name))
        .map(path -> path.substring(path.indexOf('/')));
    return Stream.concat(folders.stream().map(folder -> folder + "/" + name), listed)
        .map(File::new)
        .filter(File::exists)
        .findFirst()
        .map(SharedLibraries::real);
  }

  private static Path real(File file) {
    try {
      return file.toPath().toRealPath();
    } catch (IOException e) {
      return file.toPath();
    }
  }

  private boolean inFolders(String name) {
    // Not Path: an entry of PATH may be no legal path at all.
    return folders.stream().anyMatch(folder -> new File(folder, name).exists());
  }

  /** A path in an index ends in a zero byte or a line break. */
  private static boolean indexed(String index, String name) {
    return index.contains("/" + name + "\0") || index.contains("/" + name + "\n");
  }

  private String index() {
    StringBuilder text = new StringBuilder();
    for (Path file : indexes) {
      try {
        text.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .append('\n');
      } catch (IOException e) {
        // Other systems have no such file; the folders are all there is to look at.
      }
    }
    return text.toString();
  }

  private static String environment(String name) {
    return System.getenv().getOrDefault(name, "");
  }
}
