package lapidary.exporter.quantize;

/** A file that answers too much worse in 8 bits. */
public final class DropException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Judge.Verdict verdict;

  DropException(String message, Judge.Verdict verdict) {
    super(message);
    this.verdict = verdict;
  }

  /** What was measured. */
  public Judge.Verdict verdict() {
    return verdict;
  }
}
