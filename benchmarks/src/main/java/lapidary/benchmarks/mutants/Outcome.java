package lapidary.benchmarks.mutants;

/** What became of a mutant. */
enum Outcome {
  /** It was opened, and ran or was refused with a sentence when it ran. */
  OPENED,
  /** It was refused with a sentence. */
  REFUSED,
  /** An exception that nobody documents. */
  UNDOCUMENTED,
  /** It took more memory than {@link Attempts#MOST_BYTES}, or asked the system for more than it gives. */
  MEMORY,
  /** It was not done after {@link Child#DEADLINE}. */
  HANG,
  /** The process died of it. */
  DEATH;

  boolean isFault() {
    return this != OPENED && this != REFUSED;
  }
}
