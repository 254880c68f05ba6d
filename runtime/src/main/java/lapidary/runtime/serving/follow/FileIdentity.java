package lapidary.runtime.serving.follow;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import lapidary.models.FileFailure;
import lapidary.runtime.check.FileStamp;
import lapidary.runtime.check.OnnxFileCheck;

/**
 * What makes two files one model: the same bytes and, where these name weights beside them, the same files of weights.
 *
 * @param sha256 digest of the ONNX file
 * @param weights what the files beside it look like, by their real path
 */
public record FileIdentity(String sha256, Map<Path, FileStamp> weights) {
  /** Copies the map. */
  public FileIdentity {
    weights = Map.copyOf(weights);
  }

  /** The identity of a checked file, its weights as they are now. */
  public static FileIdentity of(OnnxFileCheck.Checked file) {
    Map<Path, FileStamp> weights = new LinkedHashMap<>();
    for (Path path : file.weights()) {
      try {
        weights.put(path, FileStamp.of(path));
      } catch (IOException e) {
        throw FileFailure.reading(path.toString(), e, "copy the weights beside the model again");
      }
    }
    return new FileIdentity(file.sha256(), weights);
  }
}
