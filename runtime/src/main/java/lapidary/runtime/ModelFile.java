package lapidary.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.check.WeightsDigest;
import lapidary.runtime.contents.FileContents;

/**
 * What an ONNX file says of itself, read in Java: no session is opened and no native code sees the file, so that one made to harm
 * can be looked into, and one that this machine cannot run. The file passes the same check as before {@link Model#open}.
 * Immutable, thread-safe.
 */
public final class ModelFile {
  private final OnnxFileCheck.Checked file;
  private final FileDescription described;

  private ModelFile(OnnxFileCheck.Checked file, FileDescription described) {
    this.file = file;
    this.described = described;
  }

  /**
   * Reads a file.
   *
   * @throws InvalidInputException if it is not an ONNX file, or its structure does not pass the check
   */
  public static ModelFile read(Path file) {
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    try {
      FileDescription described = DescriptionReader.read(checked);
      WeightsDigest.require(checked, described.metadata());
      checked.requireUnchanged();
      return new ModelFile(checked, described);
    } catch (IOException e) {
      throw FileFailure.reading(file.toString(), e, "check the path and its permissions");
    }
  }

  /** The path it was read by. */
  public Path file() {
    return file.path();
  }

  /** The SHA-256 of the file's bytes, 64 hexadecimal digits. It stands for weights beside it where Lapidary wrote them, not for those of others. */
  public String sha256() {
    return file.sha256();
  }

  /** Files that hold its weights, relative to its folder; empty if it holds them itself. Whoever moves it moves them with it. */
  public List<Path> weights() {
    return file.content().external();
  }

  /** The version of the standard operator set the file uses, or 0 if it uses others only. */
  public int opset() {
    return file.content().opset();
  }

  /** The number of nodes in its graph, those of graphs within it not counted. */
  public long nodes() {
    return file.content().nodes();
  }

  /**
   * Its weights by element type, and its nodes by what they compute in. Reads the file again.
   *
   * @throws InvalidInputException if it is damaged or was changed since
   */
  public FileContents contents() {
    try {
      FileContents contents = FileContents.of(file);
      file.requireUnchanged();
      return contents;
    } catch (IOException e) {
      throw FileFailure.reading(file.path().toString(), e, "check the path and its permissions");
    }
  }

  /** What the model is, if Lapidary exported it. */
  public Optional<ModelDescription> description() {
    return described.model();
  }

  /** The file's metadata, keys sorted. */
  public Map<String, String> metadata() {
    return described.metadata();
  }

  /** The inputs in the order of the file, those with a value of their own left out. */
  public List<TensorInfo> inputs() {
    return described.inputs();
  }

  /** The outputs in the order of the file, with the shapes that it writes: what would follow from its nodes is not worked out. */
  public List<TensorInfo> outputs() {
    return described.outputs();
  }
}
