package lapidary.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The rule for files that a command writes: one that is there is replaced only when that is said, one that it reads never. */
public final class OverwriteOption {
  @Option(names = "--overwrite", description = "Replace files that exist.")
  private boolean overwrite;

  /**
   * Refuses a place that is taken, before work is done for it.
   *
   * @param target the file to write; none is free
   * @param inputs what the command reads
   * @throws InvalidInputException if it is one of the inputs, or exists and may not be replaced
   */
  public void requireFree(@Nullable Path target, Path... inputs) {
    // What is not a plain file, such as a folder or a device, is refused by what writes.
    if (target == null || !Files.isRegularFile(target)) {
      return;
    }
    for (Path input : inputs) {
      if (isSame(target, input)) {
        throw new InvalidInputException(
            target + " is what this command reads; choose another file to write");
      }
    }
    if (!overwrite) {
      throw new InvalidInputException(
          target + " exists; choose another file, or give --overwrite to replace it");
    }
  }

  private static boolean isSame(Path target, Path input) {
    try {
      return Files.exists(input) && Files.isSameFile(target, input);
    } catch (IOException e) {
      throw FileFailure.reading(input.toString(), e, "check the path and its permissions");
    }
  }
}
