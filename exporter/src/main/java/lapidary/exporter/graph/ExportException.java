package lapidary.exporter.graph;

/**
 * A network that cannot be written as an ONNX graph. The message says in which block, which operation, on which line of the
 * caller's code, and what to do instead. The command line turns it into exit code 2.
 */
public final class ExportException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with a sentence that says what, where and how to fix it. */
  public ExportException(String message) {
    super(message);
  }

  /** Creates the exception with a sentence that says what, where and how to fix it, and what led to it. */
  public ExportException(String message, Throwable cause) {
    super(message, cause);
  }
}
