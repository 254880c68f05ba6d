package lapidary.runtime.check;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/**
 * Holds the weights beside a file to the digest that the file says they have, so that the file's own digest stands for both. Files of
 * other exporters say nothing of the kind. Costs a SHA-256 over the weights. Stateless.
 */
public final class WeightsDigest {
  private WeightsDigest() {}

  /**
   * Reads the weights.
   *
   * @param metadata what the file says of itself
   * @throws InvalidInputException if they are not those that the file was exported with
   */
  public static void require(OnnxFileCheck.Checked file, Map<String, String> metadata)
      throws IOException {
    String wanted = metadata.get(DescriptionCodec.WEIGHTS_SHA256);
    if (wanted == null) {
      return;
    }
    String found = sha256(file.weights());
    if (!found.equals(wanted)) {
      throw new InvalidInputException(
          file + ": the weights beside it, " + file.content().external()
              + ", have sha256 " + found + ", and it says " + wanted
              + ": they were damaged or changed since; export again, or copy both files again");
    }
  }

  private static String sha256(List<Path> files) throws IOException {
    List<InputStream> streams = new ArrayList<>();
    try {
      for (Path file : files) {
        streams.add(Files.newInputStream(file));
      }
      return Sha256.of(new SequenceInputStream(Collections.enumeration(streams)));
    } finally {
      for (InputStream stream : streams) {
        stream.close();
      }
    }
  }
}
