package lapidary.search;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** The right to change a folder, held by one opened collection of one process; the system takes it from a killed one. */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path folder) {
    try {
      FileChannel channel = FileChannel.open(
          folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new InvalidInputException(
            folder
                + " is being changed by another process or another opened collection; stop or close that one first");
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw FileFailure.changing("cannot change " + folder, folder, e, "make it writable");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      // Closing the channel gives the lock back.
      channel.close();
    } catch (IOException e) {
      // The system gives it back when the process ends at the latest.
    }
  }
}
