package lapidary.trainer.engine;

import java.util.Locale;

/**
 * A card that was trained on.
 *
 * @param device such as {@code cuda:0}
 * @param card its name
 * @param driver NVIDIA's, its version; empty where it does not say
 * @param peakMebibytes the most of its memory that was in use, by all programs together; 0 where the driver does not say
 * @param mebibytes its memory
 */
public record CardUse(
    String device, String card, String driver, long peakMebibytes, long mebibytes) {
  /** Such as {@code cuda:0: NVIDIA H100, driver 535.104.05, at most 12,345 of 81,559 MiB in use}. */
  public String text() {
    String named = device + ": " + card + (driver.isEmpty() ? "" : ", driver " + driver);
    return peakMebibytes == 0
        ? named
        : String.format(
            Locale.ROOT, "%s, at most %,d of %,d MiB in use", named, peakMebibytes, mebibytes);
  }
}
