package lapidary.cli.cuda;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongConsumer;
import lapidary.models.cuda.CudaArtifact;
import lapidary.models.cuda.CudaLibrary;

/** From where jars and libraries come. */
interface JarSource {
  /** The name of the source, for sentences. */
  String name();

  /** A library that lies there unpacked. */
  default Optional<Path> library(CudaLibrary library) {
    return Optional.empty();
  }

  /** A jar that lies there already and stays, or empty if it has to be fetched. */
  Optional<Path> jar(CudaArtifact artifact);

  /**
   * Brings a jar.
   *
   * @param part where; what an earlier run has brought of it may be there
   * @param done told how many bytes of it are there
   * @return bytes that were fetched now
   */
  long fetch(CudaArtifact artifact, Path part, LongConsumer done)
      throws IOException, InterruptedException;
}
