package lapidary.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.logging.LogManager;

/**
 * Libraries that log by java.util.logging warn of what they throw as well, or do without. Made by the platform, by its name, when
 * the first of them logs: most commands end before, and do not pay for it.
 */
public final class QuietLogging {
  private static final String PROPERTY = "java.util.logging.config.class";

  /** Called by the platform alone. */
  public QuietLogging() throws IOException {
    LogManager.getLogManager()
        .readConfiguration(
            new ByteArrayInputStream("handlers=java.util.logging.ConsoleHandler\n.level=SEVERE\n"
                .getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Leaves the user's own configuration alone. */
  static void apply() {
    if (System.getProperty("java.util.logging.config.file") == null
        && System.getProperty(PROPERTY) == null) {
      System.setProperty(PROPERTY, QuietLogging.class.getName());
    }
  }
}
