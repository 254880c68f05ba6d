package lapidary.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * Where a tensor outside the ONNX file is said to be. Nothing here is trusted: {@link #requireInside} is to hold before ONNX
 * Runtime opens anything.
 *
 * @param location the file, relative to the model's folder
 * @param offset first byte, as the file writes it
 * @param length number of bytes, as the file writes it; empty for the rest of the file
 */
record ExternalData(String location, String offset, String length) {
  /** Reads the entries of a tensor's {@code external_data}; empty if it has none. */
  static Optional<ExternalData> of(Map<String, String> entries) {
    if (entries.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(new ExternalData(
        entries.getOrDefault("location", ""),
        entries.getOrDefault("offset", "0"),
        entries.getOrDefault("length", "")));
  }

  /**
   * Holds if the location is a plain file in the model's folder or below, reached through no link, that has the bytes asked for.
   *
   * @param model what to call the model in an error
   * @param folder the real folder the model is in
   * @throws InvalidInputException otherwise, naming the model and the location
   */
  void requireInside(Path model, Path folder) throws IOException {
    Path file = plainFile(model, folder);
    long available = Files.size(file);
    long from = number(offset, model);
    long count = length.isEmpty() ? 0 : number(length, model);
    if (from > available || count > available - from) {
      throw refused(
          model,
          "has " + available + " bytes, not the " + count + " from " + from
              + " on that are asked for; copy it again beside the model");
    }
  }

  private Path plainFile(Path model, Path folder) {
    Path relative = relative(model);
    Path at = folder;
    for (Path part : relative) {
      at = at.resolve(part);
      if (part.toString().equals("..") || Files.isSymbolicLink(at)) {
        throw refused(
            model, "leaves the model's folder; weights stay beside the model, without links");
      }
    }
    if (!Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
      throw refused(model, "is not there; copy it beside the model");
    }
    return at;
  }

  private Path relative(Path model) {
    try {
      Path path = Path.of(location);
      // A backslash is a separator for whoever reads the file on Windows.
      if (location.isBlank()
          || path.isAbsolute()
          || path.getRoot() != null
          || location.contains("\\")) {
        throw refused(model, "is no name relative to the model's folder; export the model again");
      }
      return path;
    } catch (InvalidPathException e) {
      throw refused(model, "is no file name; export the model again");
    }
  }

  private long number(String text, Path model) {
    if (!text.matches("\\d{1,18}")) {
      throw refused(
          model,
          "has offset \"" + offset + "\" and length \"" + length
              + "\", which are no byte counts; export the model again");
    }
    return Long.parseLong(text);
  }

  private InvalidInputException refused(Path model, String why) {
    return new InvalidInputException(model + ": external data \"" + location + "\" " + why);
  }
}
