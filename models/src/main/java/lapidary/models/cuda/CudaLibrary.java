package lapidary.models.cuda;

/**
 * A shared library that CUDA needs.
 *
 * @param artifact the id of the {@link CudaArtifact} it is taken from
 * @param group what comes from one place with it: libraries of a group belong to one version
 * @param file its place in the cache, such as {@code cuda/libcudart.so.12}
 * @param bytes its size
 * @param sha256 its digest, 64 hexadecimal digits
 * @param entry its name in the artifact
 */
public record CudaLibrary(
    String artifact, String group, String file, long bytes, String sha256, String entry) {
  /** The name by which the system's loader knows it. */
  public String name() {
    return file.substring(file.lastIndexOf('/') + 1);
  }
}
