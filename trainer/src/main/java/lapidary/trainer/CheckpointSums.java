package lapidary.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * The digests of a checkpoint's files, as {@code sha256sum --check} reads them.
 *
 * @param byName file name to 64 hexadecimal digits
 */
record CheckpointSums(SortedMap<String, String> byName) {
  /** The file's name within the folder. */
  static final String FILE = "SHA256SUMS";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([A-Za-z0-9_.-]+)");

  CheckpointSums {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /**
   * Writes the sums of everything in a folder.
   *
   * @param known digests that need no second reading
   */
  static void write(Path folder, Map<String, String> known) throws IOException {
    List<Path> files;
    try (Stream<Path> listed = Files.list(folder)) {
      files = listed.toList();
    }
    SortedMap<String, String> sums = new TreeMap<>(known);
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (!sums.containsKey(name)) {
        sums.put(name, Sha256.of(file));
      }
    }
    AtomicFile.writeText(folder.resolve(FILE), new CheckpointSums(sums).toText());
  }

  Set<String> names() {
    return byName.keySet();
  }

  private String toText() {
    return byName.entrySet().stream()
        .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param source what to call the text in an error
   * @throws InvalidInputException if it is not that
   */
  static CheckpointSums parse(String text, Path source) {
    SortedMap<String, String> sums = new TreeMap<>();
    for (String line : text.split("\n", -1)) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        sums.put(matcher.group(2), matcher.group(1));
      }
    }
    CheckpointSums found = new CheckpointSums(sums);
    // What was left out while reading shows here.
    if (sums.isEmpty() || !found.toText().equals(text)) {
      throw new InvalidInputException(source + " is damaged; restore it from a copy, or delete it"
          + " to go on without knowing whether the files beside it are whole");
    }
    return found;
  }

  /** Refuses a file that is not the one whose digest was written down. */
  void require(Path file, String found) {
    String wanted = byName.get(file.getFileName().toString());
    if (wanted == null) {
      throw new InvalidInputException(FILE + " does not name " + file
          + "; restore the folder from a copy, or train again with --overwrite");
    }
    if (!wanted.equals(found)) {
      throw new InvalidInputException(file + " has sha256 " + found + ", but " + FILE
          + " beside it says " + wanted + ": it was damaged or changed; restore it from a copy, or"
          + " train again with --overwrite");
    }
  }
}
