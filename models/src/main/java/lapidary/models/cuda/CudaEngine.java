package lapidary.models.cuda;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A library that computes on GPUs, and for which of them it was compiled.
 *
 * @param name as users know it
 * @param code the generations (compute capabilities, ten times) it has machine code for, ascending; empty if that is not known.
 *     Code runs on later members of its own family: that of 8.0 on a card of 8.9, not on one of 9.0
 * @param remedy what helps a card that it has no code for
 */
public record CudaEngine(String name, List<Integer> code, String remedy) {
  /** ONNX Runtime as Maven Central has it; no version later than this is known. */
  public static final CudaEngine ONNX_RUNTIME = new CudaEngine(
      "ONNX Runtime 1.29",
      List.of(60, 70, 75, 80, 86, 89, 90, 120),
      "put a build of ONNX Runtime for it on the class path");

  /** The CUDA build of libtorch 2.7.1 that {@code cuda install} brings. */
  public static final CudaEngine MAVEN_TORCH = new CudaEngine(
      "the libtorch 2.7.1 of Maven Central",
      List.of(50, 60, 70, 80, 90),
      "point PYTORCH_LIBRARY_PATH at a libtorch 2.7.1 that has it, such as PyTorch's own for CUDA"
          + " 12.8");

  /** The CUDA build of libtorch that the user points to. */
  public static final CudaEngine OWN_TORCH = new CudaEngine(
      "the libtorch of PYTORCH_LIBRARY_PATH",
      List.of(),
      "point PYTORCH_LIBRARY_PATH at a libtorch 2.7.1 that has it");

  /** Copies the list. */
  public CudaEngine {
    code = List.copyOf(code);
  }

  /** Whether it has code for a card's generation, as far as is known. */
  boolean runsOn(int generation) {
    return code.isEmpty()
        || code.stream().anyMatch(own -> own / 10 == generation / 10 && own <= generation);
  }

  /** The generations as people write them. */
  String generations() {
    return code.stream().map(CudaEngine::text).collect(Collectors.joining(", "));
  }

  /** A generation as people write it, such as 8.9. */
  static String text(int generation) {
    return String.format(Locale.ROOT, "%d.%d", generation / 10, generation % 10);
  }
}
