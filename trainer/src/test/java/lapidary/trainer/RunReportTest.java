package lapidary.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import lapidary.trainer.engine.CardUse;
import lapidary.trainer.engine.DeviceChoice;
import lapidary.trainer.engine.Tf32;
import org.junit.jupiter.api.Test;

final class RunReportTest {
  @Test
  void aGpuIsNamedWithItsDriverAndItsMemoryAtThePeak() {
    List<CardUse> cards = List.of(
        new CardUse("cuda:0", "NVIDIA H100", "535.104.05", 12_345, 81_559),
        new CardUse("cuda:1", "NVIDIA L4", "", 0, 23_034));

    assertThat(RunReport.device(new DeviceChoice("cuda:0,cuda:1", "asked for", cards), Tf32.ON))
        .containsExactly(
            entry("device", "cuda:0,cuda:1 (asked for)"),
            entry(
                "GPU",
                "cuda:0: NVIDIA H100, driver 535.104.05, at most 12,345 of 81,559 MiB in use;"
                    + " cuda:1: NVIDIA L4"),
            entry("TF32", "convolutions and matrix products"));
  }

  @Test
  void ofACpuNothingOfTheKindIsSaid() {
    assertThat(RunReport.device(new DeviceChoice("cpu", "asked for", List.of()), Tf32.USUAL))
        .containsExactly(entry("device", "cpu (asked for)"));
  }
}
