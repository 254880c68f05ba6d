package lapidary.runtime.check;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;

/**
 * What is looked at in Java before native code sees a byte of an ONNX file: it is a file of at most {@link #MAX_BYTES}, every
 * part lies inside its parent and none deeper than {@link OnnxScan#MAX_DEPTH}, there is a graph with a node and an opset import,
 * and weights outside the file are plain files in its folder, reached through no link. Costs a pass over the structure
 * (milliseconds, weights skipped) and one SHA-256 over the bytes. Stateless.
 */
public final class OnnxFileCheck {
  /** The largest ONNX file, 2 GiB − 1: protobuf's own limit. Larger models keep their weights in external data. */
  public static final long MAX_BYTES = Integer.MAX_VALUE;

  private OnnxFileCheck() {}

  /**
   * A file that passed.
   *
   * @param path where it was asked for
   * @param real where it is, no link on the way: what was checked is what ONNX Runtime opens
   * @param stamp what it looked like when it was read
   * @param sha256 digest of its bytes
   * @param content what is in it
   */
  public record Checked(Path path, Path real, FileStamp stamp, String sha256, Content content) {
    /**
     * Makes sure that what was checked is still there.
     *
     * @throws InvalidInputException if the file is another one by now
     */
    public void requireUnchanged() {
      try {
        if (FileStamp.of(real).equals(stamp)) {
          return;
        }
      } catch (IOException e) {
        throw new InvalidInputException(path + " was taken away while it was being opened", e);
      }
      throw new InvalidInputException(
          path + " was changed while it was being opened; open it again");
    }

    /** Where the weights beside it are. */
    public List<Path> weights() {
      return content.external().stream().map(real::resolveSibling).toList();
    }

    /** The bytes of the file, as it was read, and of the weights beside it, as they are now. */
    public long bytes() throws IOException {
      long bytes = stamp.size();
      for (Path beside : weights()) {
        bytes += Files.size(beside);
      }
      return bytes;
    }

    /** The path it was asked for by: in a sentence the file is meant. */
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /**
   * What is in a file.
   *
   * @param opset version of the standard operator set, or 0
   * @param nodes nodes of the graph, those of graphs within it not counted
   * @param external files beside it that hold weights, relative to its folder, each once
   */
  public record Content(int opset, long nodes, List<Path> external) {
    /** Copies the list. */
    public Content {
      external = List.copyOf(external);
    }
  }

  /**
   * Checks a file.
   *
   * @throws InvalidInputException with a sentence that names the file and what is wrong with it
   */
  public static Checked check(Path path) {
    return check(path, Sha256::of);
  }

  /**
   * Checks a file that the caller has just written.
   *
   * @param sha256 the digest of its bytes, taken while they were written
   * @throws InvalidInputException with a sentence that names the file and what is wrong with it
   */
  public static Checked check(Path path, String sha256) {
    return check(path, real -> sha256);
  }

  /** Gives the digest of a file. */
  @FunctionalInterface
  private interface Digest {
    String of(Path real) throws IOException;
  }

  private static Checked check(Path path, Digest digest) {
    requireFile(path);
    try {
      Path real = path.toRealPath();
      FileStamp stamp = FileStamp.of(real);
      requireSize(path, stamp.size());
      OnnxScan scan = scan(real, path);
      Path folder = Objects.requireNonNull(real.getParent());
      Set<Path> external = new LinkedHashSet<>();
      for (ExternalData data : scan.external()) {
        external.add(folder.relativize(data.requireInside(path, folder)));
      }
      return new Checked(
          path,
          real,
          stamp,
          digest.of(real),
          new Content(scan.opset(), scan.nodes(), List.copyOf(external)));
    } catch (IOException e) {
      throw FileFailure.reading(path.toString(), e, "check the path and its permissions");
    }
  }

  private static void requireFile(Path path) {
    if (Files.isDirectory(path)) {
      throw new InvalidInputException(path + " is a folder; give the ONNX file in it");
    }
    if (!Files.exists(path)) {
      throw new InvalidInputException(path + " does not exist; give the path of an ONNX file");
    }
    if (!Files.isRegularFile(path)) {
      throw new InvalidInputException(
          path + " is not a regular file; give the path of an ONNX file");
    }
  }

  private static void requireSize(Path path, long size) {
    if (size == 0) {
      throw new InvalidInputException(path + " is empty; export or copy the model again");
    }
    if (size > MAX_BYTES) {
      throw new InvalidInputException(path + " has " + size + " bytes, more than the " + MAX_BYTES
          + " an ONNX file may have; keep the weights in external data");
    }
  }

  /** The structure alone, without external data and digest. */
  static OnnxScan scan(Path real, Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(real, StandardOpenOption.READ)) {
      WireReader reader = new WireReader(channel);
      OnnxScan scan = structure(path, reader);
      if (scan.nodes() == 0 || scan.imports() == 0) {
        throw new InvalidInputException(path + " is not an ONNX model: it has "
            + (scan.nodes() == 0 ? "no graph with a node" : "no opset import")
            + "; give a file written by an ONNX exporter");
      }
      return scan;
    }
  }

  private static OnnxScan structure(Path path, WireReader reader) throws IOException {
    try {
      return OnnxScan.of(reader);
    } catch (DamagedWireException e) {
      throw new InvalidInputException(
          path + " is not an ONNX file, or a damaged one: at byte "
              + reader.position() + " of " + reader.size() + " there is " + e.getMessage()
              + "; export or copy it again",
          e);
    }
  }
}
