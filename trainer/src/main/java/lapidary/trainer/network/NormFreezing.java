package lapidary.trainer.network;

import ai.djl.nn.Block;
import ai.djl.nn.norm.BatchNorm;
import lapidary.models.InvalidInputException;
import lapidary.trainer.block.FreezableBatchNorm;

/** Tells the batch-norm layers of a network what to do, once it is known which parameters train. */
public final class NormFreezing {
  private NormFreezing() {}

  /** Tells the block and all that it is made of. */
  public static void apply(Block block, FrozenNorm norms) {
    if (block instanceof FreezableBatchNorm norm) {
      norm.keepStatistics(norms == FrozenNorm.KEEP && norm.isFrozen());
    }
    if (block instanceof BatchNorm norm && norms == FrozenNorm.KEEP) {
      requireTraining(norm);
    }
    block.getChildren().values().forEach(child -> apply(child, norms));
  }

  /** Rows that a batch needs to be learned from: one row has no variance. */
  public static int leastRows(Block block) {
    boolean normalises = block instanceof BatchNorm
        || (block instanceof FreezableBatchNorm norm && !norm.keepsStatistics());
    return normalises
            || block.getChildren().values().stream().anyMatch(child -> leastRows(child) > 1)
        ? 2
        : 1;
  }

  private static void requireTraining(BatchNorm norm) {
    boolean frozen = norm.getDirectParameters().values().stream()
        .noneMatch(parameter -> parameter.requiresGradient());
    if (frozen) {
      throw new InvalidInputException("DJL's BatchNorm cannot keep its statistics while the network"
          + " trains; use FreezableBatchNorm in its place, or let it learn statistics");
    }
  }
}
