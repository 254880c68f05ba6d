package lapidary.cli.serve;

/** Runs commands of this program. */
@FunctionalInterface
public interface Commands {
  /**
   * Runs one.
   *
   * @return its exit code; what went wrong has been said
   */
  int run(String... command);
}
