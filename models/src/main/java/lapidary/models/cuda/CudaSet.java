package lapidary.models.cuda;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Libraries of CUDA that were seen to work together. Immutable.
 *
 * @param name of the folder that holds them
 * @param artifacts what they are taken from
 * @param libraries each after those that it needs
 */
public record CudaSet(String name, List<CudaArtifact> artifacts, List<CudaLibrary> libraries) {
  /** The group of the libraries of PyTorch. */
  public static final String TORCH = "torch";

  /** The groups of the libraries that ONNX Runtime links to or loads by name. */
  public static final Set<String> OF_ONNX_RUNTIME =
      Set.of("cudart", "blas", "rand", "nvrtc", "cudnn");

  private static final String LIST = "linux-x86_64.txt";

  /** Copies the lists. */
  public CudaSet {
    artifacts = List.copyOf(artifacts);
    libraries = List.copyOf(libraries);
  }

  /** CUDA 12.9 with cuBLAS and cuDNN 9 of 12.6 and a CUDA build of libtorch 2.7.1, for Linux x86-64. */
  public static CudaSet pinned() {
    InputStream list = Objects.requireNonNull(CudaSet.class.getResourceAsStream(LIST), LIST);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(list, StandardCharsets.UTF_8))) {
      return of("12.9-torch-2.7.1", lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads a list: a line an artifact or a library, with blanks between its fields; other lines are comments. */
  public static CudaSet of(String name, List<String> lines) {
    List<String[]> fields = lines.stream().map(line -> line.split(" ", -1)).toList();
    return new CudaSet(
        name,
        fields.stream()
            .filter(field -> field[0].equals("artifact"))
            .map(field -> new CudaArtifact(field[1], field[2], Long.parseLong(field[3]), field[4]))
            .toList(),
        fields.stream()
            .filter(field -> field[0].equals("library"))
            .map(field -> new CudaLibrary(
                field[1], field[2], field[3], Long.parseLong(field[4]), field[5], field[6]))
            .toList());
  }

  /** What is taken from an artifact. */
  public List<CudaLibrary> from(CudaArtifact artifact) {
    return libraries.stream()
        .filter(library -> library.artifact().equals(artifact.id()))
        .toList();
  }

  /** The names of the libraries of a group, in the order of loading. */
  List<String> names(String group) {
    return libraries.stream()
        .filter(library -> library.group().equals(group))
        .map(CudaLibrary::name)
        .toList();
  }

  /** The groups but PyTorch's own. */
  public Set<String> groups() {
    return libraries.stream()
        .map(CudaLibrary::group)
        .filter(group -> !group.equals(TORCH))
        .collect(Collectors.toUnmodifiableSet());
  }
}
