package lapidary.exporter.trace.operators;

import static lapidary.exporter.trace.operators.CaseList.X;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.util.function.Function;

/** Complex numbers and Fourier transforms. */
final class SpectrumCases {
  private SpectrumCases() {}

  private static NDList complex(NDArray x) {
    return new NDList(x.reshape(-1, 4, 3, 2).complex());
  }

  static void addTo(CaseList cases) {
    cases.of("NDArray.complex()", x -> new NDList(x.reshape(-1, 4, 3, 2)));
    cases.of("NDArray.real()", SpectrumCases::complex);
    cases.of("NDArray.conj()", SpectrumCases::complex);
    for (String name : new String[] {"fft", "rfft"}) {
      cases.call("NDArray." + name + "(long)", 6L);
      cases.call("NDArray." + name + "(long, long)", 5L, 1L);
    }
    for (String name : new String[] {"ifft", "irfft"}) {
      cases.of("NDArray." + name + "(long)", SpectrumCases::complex, 4L);
      cases.of("NDArray." + name + "(long, long)", SpectrumCases::complex, 5L, 1L);
    }
    cases.run(
        "NDArray.fft2(long[], long[])",
        arrays -> new NDList(arrays.head().fft2(new long[] {4, 5}, new long[] {1, 2})));
    cases.run("NDArray.fft2(long[])", arrays -> new NDList(arrays.head().fft2(new long[] {4, 6})));
    cases.run(
        "NDArray.ifft2(long[], long[])",
        X,
        SpectrumCases::complex,
        arrays -> new NDList(arrays.head().ifft2(new long[] {4, 5}, new long[] {1, 2})));
    cases.run(
        "NDArray.ifft2(long[])",
        X,
        SpectrumCases::complex,
        arrays -> new NDList(arrays.head().ifft2(new long[] {4, 3})));
    Function<NDArray, NDList> waves =
        x -> new NDList(x.reshape(-1, 24), x.getManager().arange(1f, 9f).div(8));
    cases.call(
        "NDArray.stft(long, long, boolean, NDArray, boolean)",
        X,
        waves,
        8L,
        4L,
        false,
        new Case.Given(1),
        true);
    cases.call(
        "NDArray.stft(long, long, boolean, NDArray, boolean, boolean)",
        X,
        waves,
        8L,
        4L,
        true,
        new Case.Given(1),
        false,
        true);
  }
}
