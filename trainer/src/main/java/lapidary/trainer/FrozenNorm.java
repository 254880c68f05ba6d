package lapidary.trainer;

/** What the normalisation layers of frozen groups do while the rest trains. */
public enum FrozenNorm {
  /** Running statistics follow the new data, scale and shift stay: what DJL's own blocks do. */
  LEARN_STATISTICS,
  /** Scale and shift train too, at their group's learning rate: usual for transfer learning (Howard &amp; Gugger 2020). */
  TRAIN,
  /**
   * Nothing changes: a frozen layer normalises with the statistics it has, as if it were serving. Needs
   * {@link lapidary.trainer.block.FreezableBatchNorm} in place of DJL's block.
   */
  KEEP
}
