package lapidary.cli.console;

import lapidary.models.InvalidInputException;

/** Names files that are left out, as they are met. Stateless. */
public final class Skipped {
  private Skipped() {}

  /** Says on standard error which file is left out and why. */
  public static void say(InvalidInputException reason, Console console) {
    console.err().println("lapidary: skipped: " + reason.getMessage());
    console.err().flush();
  }
}
