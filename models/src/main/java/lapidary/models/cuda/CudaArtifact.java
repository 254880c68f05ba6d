package lapidary.models.cuda;

import java.util.List;

/**
 * A jar of a Maven repository, pinned by its digest.
 *
 * @param id its name in the list of libraries
 * @param coordinates {@code group:artifact:version}, with {@code :classifier} where there is one
 * @param bytes its size
 * @param sha256 its digest, 64 hexadecimal digits
 */
public record CudaArtifact(String id, String coordinates, long bytes, String sha256) {
  /** The file's name in a Maven repository, such as {@code pytorch-2.7.1-1.5.12-linux-x86_64-gpu.jar}. */
  public String fileName() {
    List<String> parts = parts();
    return String.join("-", parts.subList(1, parts.size())) + ".jar";
  }

  /** Where it lies in a Maven repository, with slashes. */
  public String path() {
    List<String> parts = parts();
    return parts.get(0).replace('.', '/') + "/" + parts.get(1) + "/" + parts.get(2) + "/"
        + fileName();
  }

  private List<String> parts() {
    return List.of(coordinates.split(":", -1));
  }
}
