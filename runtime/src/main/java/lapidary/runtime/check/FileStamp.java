package lapidary.runtime.check;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

/**
 * What tells cheaply that a file is still the same one: size, modification time and the file system's own key.
 *
 * @param size in bytes
 * @param modified last modification
 * @param key the file system's key, such as device and inode, or empty
 */
public record FileStamp(long size, FileTime modified, String key) {
  /** What the file looks like now. */
  public static FileStamp of(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        attributes.size(), attributes.lastModifiedTime(), String.valueOf(attributes.fileKey()));
  }
}
