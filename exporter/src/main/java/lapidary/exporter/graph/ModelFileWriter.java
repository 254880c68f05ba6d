package lapidary.exporter.graph;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.models.Sha256;

/** Writes an ONNX file in parts and digests it on the way, so that nobody has to read it for that. Used by one thread. */
public final class ModelFileWriter {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private MessageDigest digest = Sha256.digest();

  /** Writes to a file, which need not be there. */
  public ModelFileWriter(Path file) {
    this.file = file;
  }

  /** Writes a model in the place of what the file holds. */
  public void write(ModelProto model) throws IOException {
    digest = Sha256.digest();
    write(
        model,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE);
  }

  /** Writes a part of a model behind what was written before. */
  public void append(ModelProto part) throws IOException {
    write(part, StandardOpenOption.APPEND);
  }

  /** The SHA-256 of what was written so far, 64 hexadecimal digits. */
  public String sha256() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the digests of every Java platform can be copied", e);
    }
  }

  private void write(ModelProto part, OpenOption... how) throws IOException {
    try (OutputStream out = new BufferedOutputStream(
        new DigestOutputStream(Files.newOutputStream(file, how), digest), BUFFER)) {
      part.writeTo(out);
    }
  }
}
