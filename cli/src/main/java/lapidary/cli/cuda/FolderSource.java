package lapidary.cli.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import lapidary.models.EnvironmentException;
import lapidary.models.cuda.CudaArtifact;
import lapidary.models.cuda.CudaLibrary;

/**
 * A folder of jars, a local Maven repository, or a copied cache; for a machine without a network.
 *
 * @param folder that the user names
 */
record FolderSource(Path folder) implements JarSource {
  @Override
  public String name() {
    return folder.toString();
  }

  @Override
  public Optional<Path> library(CudaLibrary library) {
    return Optional.of(folder.resolve(library.file())).filter(Files::isRegularFile);
  }

  @Override
  public Optional<Path> jar(CudaArtifact artifact) {
    Optional<Path> jar = List.of(artifact.fileName(), artifact.path()).stream()
        .map(folder::resolve)
        .filter(Files::isRegularFile)
        .findFirst();
    if (jar.isEmpty()) {
      throw new EnvironmentException(
          artifact.fileName() + " (" + artifact.coordinates() + ") is not in " + folder
              + ", and neither are its libraries; put the jar there, or a cache that was copied from"
              + " a machine with a network");
    }
    return jar;
  }

  @Override
  public long fetch(CudaArtifact artifact, Path part, LongConsumer done) {
    throw new IllegalStateException("what lies in a folder is read where it lies");
  }
}
