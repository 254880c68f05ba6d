package lapidary.cli.cuda;

import java.util.List;
import java.util.stream.Stream;

/** The licences of what {@code cuda install} brings. The jars hold no texts, so that their places are named. Stateless. */
final class Licences {
  private static final List<String> LINES = List.of(
      "CUDA 12.9 and 12.6 (cudart, cuBLAS, cuFFT, cuRAND, cuSPARSE, cuSOLVER, CUPTI, NVRTC): NVIDIA's"
          + " End User License Agreement, https://docs.nvidia.com/cuda/eula/index.html",
      "cuDNN 9: NVIDIA's Software License Agreement,"
          + " https://docs.nvidia.com/deeplearning/cudnn/backend/latest/reference/eula.html",
      "libtorch 2.7.1: BSD-3-Clause, https://github.com/pytorch/pytorch/blob/v2.7.1/LICENSE",
      "OpenBLAS 0.3.30: BSD-3-Clause, https://github.com/OpenMathLib/OpenBLAS/blob/v0.3.30/LICENSE",
      "libgfortran, libgomp, libquadmath: GPL-3.0 with the GCC Runtime Library Exception (libquadmath:"
          + " LGPL-2.1), https://www.gnu.org/licenses/gcc-exception-3.1.html",
      "DJL's glue: Apache-2.0, https://github.com/deepjavalibrary/djl/blob/master/LICENSE");

  private Licences() {}

  /** A line each, the first saying what it is about. */
  static List<String> lines(String folder) {
    return Stream.concat(
            Stream.of(
                "Licences of the libraries in " + folder + " (using them is accepting these):"),
            LINES.stream().map(line -> "  " + line))
        .toList();
  }
}
