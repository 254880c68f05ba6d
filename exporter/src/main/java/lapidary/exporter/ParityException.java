package lapidary.exporter;

import lapidary.models.Parity;

/**
 * The exported graph does not give the trainer's answers within the tolerance. The message names the worst output, its
 * difference and the first layer that differs; nothing was published. The command line turns it into exit code 1.
 */
public final class ParityException extends IllegalStateException {
  private static final long serialVersionUID = 1L;
  private final transient Parity parity;

  /** Creates the exception with what was measured. */
  public ParityException(String message, Parity parity) {
    super(message);
    this.parity = parity;
  }

  /** What was measured. */
  public Parity parity() {
    return parity;
  }
}
