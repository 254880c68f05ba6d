package lapidary.runtime.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class WeightNameTest {
  @Test
  void childrenWithoutNamesOfTheirOwnAreCalledByTheirPlace() {
    assertThat(
            WeightName.of("03layer1/02BasicBlock/01conv1/weight").orElseThrow().stored())
        .isEqualTo("layer1.1.conv1.weight");
    assertThat(WeightName.of("12layers.0.2/running_var").orElseThrow().stored())
        .isEqualTo("layers.0.2.running_var");
  }

  @Test
  void constantsOfTheGraphAreNoWeights() {
    assertThat(Stream.of("factor", "mean_1", "weight", "01lin1/shape", "lin1/weight", "/weight"))
        .allSatisfy(name -> assertThat(WeightName.of(name)).isEmpty());
  }

  @Test
  void theOrderIsThatOfTheNetworkAndNotOfTheLetters() {
    List<String> sorted = Stream.of(
            "10fc/bias",
            "02bn/running_mean",
            "02bn/bias",
            "09zeta/weight",
            "100last/weight",
            "10fc/weight",
            "02bn/weight")
        .map(name -> WeightName.of(name).orElseThrow())
        .sorted()
        .map(WeightName::stored)
        .toList();
    assertThat(sorted)
        .containsExactly(
            "bn.weight",
            "bn.bias",
            "bn.running_mean",
            "zeta.weight",
            "fc.weight",
            "fc.bias",
            "last.weight");
  }
}
