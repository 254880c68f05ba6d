package lapidary.cli.console;

/** The exit codes of every command; the documentation promises them. */
public final class ExitCode {
  /** Done. */
  public static final int DONE = 0;
  /** Ran and found a breach: parity or a score. */
  public static final int BREACH = 1;
  /** Bad usage or bad input. */
  public static final int BAD_INPUT = 2;
  /** The machine lacks something: a device, a library, a network. */
  public static final int ENVIRONMENT = 3;
  /** Nobody reads standard output any more: what a shell reports of a tool that dies of SIGPIPE. */
  public static final int READER_GONE = 141;
  /** A defect of Lapidary itself (sysexits' EX_SOFTWARE). */
  public static final int DEFECT = 70;

  private ExitCode() {}
}
