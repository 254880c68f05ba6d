package lapidary.search.embed;

import lapidary.models.InvalidInputException;

/** Is told how the embedding of files goes on, on the thread that embeds. */
@FunctionalInterface
public interface EmbeddingListener {
  /** A file is skipped for this reason. */
  void skipped(InvalidInputException reason);

  /**
   * A batch is done.
   *
   * @param files embedded or skipped so far
   * @param all of so many
   */
  default void done(int files, int all) {}
}
