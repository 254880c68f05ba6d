package lapidary.trainer.block;

import java.util.List;
import java.util.Set;
import lapidary.trainer.store.StoredTensor;

/** A block that trains more than it serves, or weights that training does not reach. */
public interface Folding {
  /** Brings weights that training does not reach to their values, and says what is served otherwise than it is trained. */
  Fold fold();

  /**
   * What is served otherwise than it is trained.
   *
   * @param served what stands in the served network for the trained weights of these names
   * @param own names of weights that training needs as they are to go on, and that {@code served} does not tell
   */
  record Fold(List<StoredTensor> served, Set<String> own) {
    /** All weights are served as they are. */
    public static final Fold NONE = new Fold(List.of(), Set.of());

    /** Copies both. */
    public Fold {
      served = List.copyOf(served);
      own = Set.copyOf(own);
    }
  }
}
