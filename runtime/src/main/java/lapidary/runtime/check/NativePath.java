package lapidary.runtime.check;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The bytes behind a path. Java decodes a file's name by the locale and its native interface passes texts on in a UTF-8 of its own,
 * so what native code opens by a path's text may be another file than Java's. Stateless.
 */
final class NativePath {
  private NativePath() {}

  /** Whether native code that is handed the path's text opens this very file. */
  static boolean isPlain(Path absolute) {
    String text = absolute.toString();
    // Above U+FFFF the native interface writes two surrogates, three bytes each.
    return isWindows()
        || (text.chars().noneMatch(c -> Character.isSurrogate((char) c))
            && Arrays.equals(bytes(absolute), text.getBytes(StandardCharsets.UTF_8)));
  }

  /** Whether the path's last bytes are those of {@code name} in UTF-8, which is how an ONNX file writes it. */
  static boolean endsWith(Path absolute, String name) {
    byte[] path = bytes(absolute);
    byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
    return isWindows()
        || (path.length > wanted.length
            && Arrays.equals(
                path, path.length - wanted.length, path.length, wanted, 0, wanted.length));
  }

  /** A path's URI has the file system's own bytes, whatever text they make. */
  private static byte[] bytes(Path absolute) {
    // A folder's URI ends in a slash.
    String escaped = absolute.toUri().getRawPath().replaceFirst("/$", "");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    for (int i = 0; i < escaped.length(); i++) {
      boolean byNumber = escaped.charAt(i) == '%';
      bytes.write(byNumber ? Integer.parseInt(escaped, i + 1, i + 3, 16) : escaped.charAt(i));
      i += byNumber ? 2 : 0;
    }
    return bytes.toByteArray();
  }

  private static boolean isWindows() {
    return File.separatorChar == '\\';
  }
}
