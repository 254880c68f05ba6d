package lapidary.trainer.report;

import java.util.Base64;
import lapidary.models.Pixels;
import lapidary.models.Png;

/** Pictures within a page. */
final class DataUri {
  private DataUri() {}

  /** One image of a batch, grey or RGB, as a {@code data:} address. */
  static String of(Pixels pixels, int image) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.of(pixels, image));
  }
}
