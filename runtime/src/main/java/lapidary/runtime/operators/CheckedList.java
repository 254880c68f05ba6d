package lapidary.runtime.operators;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Set;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.wire.WireReader;
import lapidary.runtime.check.OnnxFields;
import lapidary.runtime.check.OnnxFileCheck;

/**
 * Holds a file against the operators, attributes, element types, ranks and shapes that ONNX Runtime is trusted with: it ends the
 * process on many a file that looks valid. One pass over the structure, weights skipped. Stateless.
 */
public final class CheckedList {
  /** Versions of {@code ai.onnx.ml} whose operators in the table are known. */
  private static final int NEWEST_ML = 5;

  private CheckedList() {}

  /** The operators of the list, those of other domains with their domain. */
  public static Set<String> operators() {
    return OperatorTable.names();
  }

  /**
   * Holds if the file is made of what is in the list.
   *
   * @throws InvalidInputException otherwise, naming the file, the node and its operator, and what else can be done
   */
  public static void require(OnnxFileCheck.Checked file) {
    try (FileChannel channel = FileChannel.open(file.real(), StandardOpenOption.READ)) {
      OnnxGraph graph = GraphReader.read(OnnxFields.of(new WireReader(channel)));
      requireOpsets(graph.opsets());
      Walk.over(graph);
    } catch (RefusedGraph e) {
      throw refused(file.path(), String.valueOf(e.getMessage()), e);
    } catch (WireReader.DamagedWireException e) {
      throw refused(file.path(), "there is " + e.getMessage(), e);
    } catch (IOException e) {
      throw FileFailure.reading(file.path().toString(), e, "check the path and its permissions");
    }
  }

  private static void requireOpsets(Map<String, Integer> opsets) throws RefusedGraph {
    for (Map.Entry<String, Integer> set : opsets.entrySet()) {
      boolean standard = set.getKey().isEmpty();
      int oldest = standard ? OperatorTable.OLDEST : 1;
      int newest = standard ? OperatorTable.NEWEST : NEWEST_ML;
      boolean listed = standard || set.getKey().equals("ai.onnx.ml");
      // Exporters import sets that they do not use; a node of one is refused on its own.
      RefusedGraph.require(
          !listed || (set.getValue() >= oldest && set.getValue() <= newest),
          "operator set \"%s\" is of version %s, not of %s to %s",
          set.getKey(),
          set.getValue(),
          oldest,
          newest);
    }
  }

  private static InvalidInputException refused(Path file, String why, Exception cause) {
    return new InvalidInputException(
        file + " is not opened in this process, for it may end it: " + why
            + "; if you know who made the file, open it by its sha256 (Model.open with trusted digests), otherwise"
            + " try it in a process of its own (Model.openIsolated)",
        cause);
  }
}
