package lapidary.cli.serve;

import java.nio.file.Path;
import lapidary.models.InvalidInputException;

/**
 * A model's file and what it is served as, written {@code NAME=FILE.onnx}, or {@code FILE.onnx}, which is called as the file is.
 *
 * @param name what requests call it
 * @param file where it is
 */
public record NamedFile(String name, Path file) {
  private static final String ENDING = ".onnx";

  /** Reads an argument. */
  public static NamedFile parse(String argument) {
    int equals = argument.indexOf('=');
    // A path may have an equals sign, behind a separator.
    boolean named = equals > 0 && argument.substring(0, equals).matches("[A-Za-z0-9._-]+");
    return named
        ? new NamedFile(argument.substring(0, equals), Path.of(argument.substring(equals + 1)))
        : of(Path.of(argument));
  }

  /** A file under its own name. */
  public static NamedFile of(Path file) {
    Path last = file.getFileName();
    if (last == null) {
      throw new InvalidInputException(file + " is not a model's file; give FILE" + ENDING);
    }
    String name = last.toString();
    return new NamedFile(
        name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name, file);
  }
}
