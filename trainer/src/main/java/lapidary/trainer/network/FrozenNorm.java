package lapidary.trainer.network;

import java.util.Arrays;
import java.util.List;
import lapidary.models.NearestName;

/** What the normalisation layers of frozen groups do while the rest trains. */
public enum FrozenNorm {
  /** Running statistics follow the new data, scale and shift stay: what DJL's own blocks do. */
  LEARN_STATISTICS("learn"),
  /** Scale and shift train too, at their group's learning rate: usual for transfer learning (Howard &amp; Gugger 2020). */
  TRAIN("train"),
  /**
   * Nothing changes: a frozen layer normalises with the statistics it has, as if it were serving. Needs
   * {@link lapidary.trainer.block.FreezableBatchNorm} in place of DJL's block.
   */
  KEEP("keep");

  private final String option;

  FrozenNorm(String option) {
    this.option = option;
  }

  /** As the command line writes it. */
  public String option() {
    return option;
  }

  /** What {@link #option} wrote. */
  public static FrozenNorm named(String option) {
    List<String> known = Arrays.stream(values()).map(FrozenNorm::option).toList();
    return Arrays.stream(values())
        .filter(norm -> norm.option.equals(option))
        .findFirst()
        .orElseThrow(() -> NearestName.unknown("frozen norm", option, known));
  }
}
