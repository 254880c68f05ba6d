package lapidary.search.embed;

import java.nio.file.Path;
import lapidary.models.InvalidInputException;

/** Is told how the embedding of pictures goes on, on the thread that embeds. */
@FunctionalInterface
public interface EmbeddingListener {
  /** A picture is skipped for this reason. */
  void skipped(InvalidInputException reason);

  /**
   * A batch is done.
   *
   * @param pictures embedded or skipped so far
   * @param all of so many
   */
  default void done(int pictures, int all) {}

  /**
   * What an earlier run has embedded before it was cut short is not embedded again.
   *
   * @param pictures embedded or skipped so far
   * @param all of so many
   */
  default void goesOn(int pictures, int all) {}

  /**
   * What an earlier run has embedded is of no use.
   *
   * @param reason what differs, such as {@code not the same pictures}
   */
  default void startsAnew(String reason) {}

  /**
   * The work ends before it has served its purpose; what is embedded so far is kept for the next run.
   *
   * @param folder where it is
   * @param pictures embedded or skipped so far
   * @param all of so many
   */
  default void kept(Path folder, int pictures, int all) {}
}
