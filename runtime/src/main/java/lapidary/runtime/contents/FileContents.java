package lapidary.runtime.contents;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;
import lapidary.models.wire.WireReader.DamagedWireException;
import lapidary.runtime.check.OnnxFields;
import lapidary.runtime.check.OnnxFileCheck;

/**
 * What an ONNX file is made of, as it says itself.
 *
 * @param weights initializers of the graph by element type, those with most bytes first; those within other graphs and constants among
 *     the nodes not counted
 * @param nodes by what they compute in
 */
public record FileContents(List<StoredWeights> weights, ComputingNodes nodes) {
  /** Copies the list. */
  public FileContents {
    weights = List.copyOf(weights);
  }

  /**
   * Reads a file that was checked: one pass, weights skipped.
   *
   * @throws InvalidInputException if it is damaged, or has names of more than {@link ContentsReader#MAX_KEPT} bytes
   */
  public static FileContents of(OnnxFileCheck.Checked file) throws IOException {
    try (FileChannel channel = FileChannel.open(file.real(), StandardOpenOption.READ)) {
      ContentsReader reader = new ContentsReader(file.path().toString());
      reader.model(OnnxFields.of(new WireReader(channel)));
      return new FileContents(reader.weights(), reader.nodes());
    } catch (DamagedWireException e) {
      throw new InvalidInputException(
          file.path() + " is damaged: in its graph there is " + e.getMessage()
              + "; export or copy it again",
          e);
    }
  }
}
