package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Dense networks for the other rooms of the benchmarks. Stateless. */
public final class DenseNetworks {
  /** The name of their input: bytes, a row each. */
  public static final String INPUT = DenseNetwork.INPUT;

  private DenseNetworks() {}

  /** Writes one of these widths, input, hidden layers and output, into a folder. */
  public static Path write(Path folder, Integer... widths) throws IOException {
    return DenseNetwork.of(widths).write(folder);
  }
}
