package lapidary.cli.console;

import java.io.PrintWriter;

/**
 * What is said where memory has run out so far that not even that can be put together: a sentence made while there was room. Not
 * thread-safe.
 */
public final class LastWords {
  private final char[] sentence;

  private LastWords(char[] sentence) {
    this.sentence = sentence;
  }

  /** Made before the work begins. */
  public static LastWords prepared() {
    return new LastWords(
        ("lapidary: " + Diagnosis.memory("Java heap space") + System.lineSeparator())
            .toCharArray());
  }

  /** Says what failed; gives the exit code. */
  public int report(Throwable failure, PrintWriter err, boolean stacktrace) {
    try {
      return Errors.report(failure, err, stacktrace);
    } catch (OutOfMemoryError e) {
      err.write(sentence, 0, sentence.length);
      err.flush();
      return ExitCode.ENVIRONMENT;
    }
  }
}
