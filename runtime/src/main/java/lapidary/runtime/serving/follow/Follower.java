package lapidary.runtime.serving.follow;

import lapidary.runtime.Model;

/** What has to know a model before it takes over, such as a batcher, which measures what its runs cost. */
@FunctionalInterface
public interface Follower {
  /**
   * Gets ready for a model that does not answer yet; the old one does.
   *
   * @return what to do when it takes over
   * @throws lapidary.models.InvalidInputException to refuse it
   */
  Runnable prepare(Model next);

  /** Lends models that take over from each other. */
  interface Leader {
    /**
     * Lets a follower prepare for the model that answers now, and for each that comes.
     *
     * @throws lapidary.models.InvalidInputException if the follower refuses the model
     */
    void lead(Follower follower);

    /** Forgets a follower. */
    void release(Follower follower);
  }
}
