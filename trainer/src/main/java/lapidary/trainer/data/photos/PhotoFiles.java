package lapidary.trainer.data.photos;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Where photos lie: a folder or a zip file. Immutable, thread-safe; what is opened to read them is an {@link Opened}. */
interface PhotoFiles {
  /** What a message calls the place: its path. */
  String where();

  /**
   * The files and folders below, with {@code /} between the parts and, behind a folder, at the end. Hidden ones are left out.
   *
   * @throws lapidary.models.InvalidInputException if a name leads out of the place
   */
  List<String> list();

  /** Opens the place for reading. */
  Opened open();

  /** Opened files. Reading is thread-safe; closing while another thread reads makes that read fail. */
  interface Opened extends AutoCloseable {
    /**
     * The bytes of one file, as they are read.
     *
     * @throws IOException then or while reading, if it is there no more, must not be read, is damaged, or is larger than any
     *     picture may be
     */
    InputStream stream(String path) throws IOException;

    /** The bytes of one file; see {@link #stream}. */
    default byte[] read(String path) throws IOException {
      try (InputStream in = stream(path)) {
        return in.readAllBytes();
      }
    }

    @Override
    void close();
  }

  /** Names beginning with a dot, and the shadow folder that one system's archiver adds. */
  static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.") || path.startsWith("__MACOSX/");
  }
}
