package lapidary.trainer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import lapidary.models.FileFailure;
import lapidary.models.FolderLock;
import lapidary.models.InvalidInputException;
import lapidary.models.Temporaries;

/** The right to write into a run folder, which one training at a time has. Stateless. */
final class RunFolder {
  private static final String LOCK = ".lapidary.lock";

  private RunFolder() {}

  /**
   * Works while nobody else may write into the folder, which is made if it is missing, and cleared of what killed trainings left.
   *
   * @throws InvalidInputException if another training writes there, or the folder cannot be written
   */
  static <T> T whileLocked(Path run, Supplier<T> work) {
    make(run);
    FolderLock lock = FolderLock.take(run, LOCK);
    try {
      clear(run);
      return work.get();
    } finally {
      lock.close();
    }
  }

  static void requireFree(Path run) {
    FolderLock.requireFree(run, LOCK);
  }

  private static void make(Path run) {
    try {
      Files.createDirectories(run);
    } catch (IOException e) {
      throw FileFailure.changing(
          "cannot write run folder " + run, run, e, "choose a folder you can write to");
    }
  }

  private static void clear(Path run) {
    new CheckpointFolder(run, Checkpoint.FOLDER).settle();
    new CheckpointFolder(run, Checkpoint.BEST).settle();
    Temporaries.clearAll(run.resolve(Training.HISTORY));
    Temporaries.clearAll(run.resolve(Training.REPORT));
  }
}
