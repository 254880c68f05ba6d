package lapidary.runtime.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;

/**
 * Where a tensor outside the ONNX file is said to be. Nothing here is trusted: {@link #requireInside} is to hold before ONNX
 * Runtime opens anything. Of keys that are there twice ONNX Runtime takes the last, and a location that begins with {@code *}{@code /}
 * can be an address in this process's memory to it.
 *
 * @param tensor what to call the tensor in an error
 * @param entries keys and values as the file has them, in its order
 * @param stored the file's {@code data_location}: 1 if the data is outside
 */
record ExternalData(String tensor, List<Map.Entry<String, String>> entries, long stored) {
  private static final String LOCATION = "location";
  private static final String OFFSET = "offset";
  private static final String LENGTH = "length";

  /** ONNX's own keys; what ONNX Runtime adds for weights it has packed is read from places that nothing checks. */
  private static final Set<String> KEYS = Set.of(LOCATION, OFFSET, LENGTH, "checksum");

  ExternalData {
    entries = List.copyOf(entries);
  }

  /**
   * Holds if the location is a plain file in the model's folder or below, reached through no link, that has the bytes asked for.
   *
   * @param model what to call the model in an error
   * @param folder the real folder the model is in
   * @return the file
   * @throws InvalidInputException otherwise, naming the model, the tensor and the location
   * @throws EnvironmentException if this process cannot name the file
   */
  Path requireInside(Path model, Path folder) throws IOException {
    requireSaidOnce(model);
    Path file = plainFile(model, folder);
    long available = Files.size(file);
    long from = number(OFFSET, model);
    long count = number(LENGTH, model);
    if (from > available || count > available - from) {
      throw refused(
          model,
          "has " + available + " bytes, not the " + count + " from " + from
              + " on that are asked for; copy it again beside the model");
    }
    return file;
  }

  private void requireSaidOnce(Path model) {
    if (stored < 0 || stored > 1) {
      throw refused(
          model, "has data_location " + stored + ", which is unknown; export the model again");
    }
    for (Map.Entry<String, String> entry : entries) {
      if (!KEYS.contains(entry.getKey())) {
        throw refused(
            model,
            "has the key \"" + entry.getKey() + "\", which is not one of ONNX's;"
                + " export the model again");
      }
      List<String> values = values(entry.getKey());
      if (values.size() > 1) {
        throw refused(
            model,
            "has its " + entry.getKey() + " " + values.size() + " times, \""
                + String.join("\", \"", values) + "\"; export the model again");
      }
    }
  }

  private Path plainFile(Path model, Path folder) {
    Path at = folder;
    for (Path part : relative(model)) {
      at = at.resolve(part);
      if (Files.isSymbolicLink(at)) {
        throw leaving(model);
      }
    }
    if (!NativePath.endsWith(at, location())) {
      throw unnameable(model);
    }
    if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(model, "is not there; copy it beside the model");
    }
    return at;
  }

  private Path relative(Path model) {
    String location = location();
    List<String> parts = List.of(location.split("/", -1));
    if (parts.contains("..")) {
      throw leaving(model);
    }
    if (!isPlain(location) || parts.contains("") || parts.contains(".")) {
      throw notAName(model);
    }
    try {
      Path path = Path.of(location);
      if (path.isAbsolute() || path.getRoot() != null) {
        throw notAName(model);
      }
      return path;
    } catch (InvalidPathException e) {
      throw location.chars().allMatch(c -> c < 128) ? notAName(model) : unnameable(model);
    }
  }

  private static boolean isPlain(String location) {
    // A backslash is a separator for whoever reads the file on Windows, and what is not UTF-8 was
    // read as U+FFFD, which names another file than the bytes do.
    return !location.isBlank()
        && !location.startsWith("*/")
        && location.chars().noneMatch(c -> c == '\\' || c == '\uFFFD' || c < ' ');
  }

  private InvalidInputException leaving(Path model) {
    return refused(
        model, "leaves the model's folder; weights stay beside the model, without links");
  }

  private InvalidInputException notAName(Path model) {
    return refused(
        model, "is not a plain name relative to the model's folder; export the model again");
  }

  private EnvironmentException unnameable(Path model) {
    return new EnvironmentException(
        model + ": external data \"" + location() + "\" of " + tensor
            + " cannot be named by this process; start it under a UTF-8 locale, such as LC_ALL=C.UTF-8");
  }

  private long number(String key, Path model) {
    List<String> values = values(key);
    if (values.isEmpty()) {
      return 0;
    }
    if (!values.get(0).matches("\\d{1,18}")) {
      throw refused(
          model,
          "has the " + key + " \"" + values.get(0) + "\", which is not a number of bytes;"
              + " export the model again");
    }
    return Long.parseLong(values.get(0));
  }

  private String location() {
    List<String> values = values(LOCATION);
    return values.isEmpty() ? "" : values.get(0);
  }

  private List<String> values(String key) {
    return entries.stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(Map.Entry::getValue)
        .toList();
  }

  private InvalidInputException refused(Path model, String why) {
    return new InvalidInputException(
        model + ": external data \"" + location() + "\" of " + tensor + " " + why);
  }
}
