package lapidary.trainer.data.photos;

import java.util.SplittableRandom;
import lapidary.models.Pixels;

/**
 * Brightness and contrast, changed between black and white: value v becomes σ(contrast · σ⁻¹(v) + brightness), so that nothing
 * is cut off. 256 values decide it all.
 *
 * @param brightness what is added, 0 changes nothing
 * @param contrast what is multiplied, 1 changes nothing
 */
record Lighting(double brightness, double contrast) {
  private static final double APPLIED = 0.75;
  private static final double DARKEST = 1e-7;

  /** Draws both, whatever is asked for, so that every amount leaves the later draws as they are. */
  static Lighting draw(double most, SplittableRandom random) {
    double bright = drawn(random) * most;
    double contrast = drawn(random);
    double centre = 0.5 + bright / 2;
    return new Lighting(Math.log(centre / (1 - centre)), Math.exp(-contrast * Math.log(1 - most)));
  }

  Pixels apply(Pixels photo) {
    if (brightness == 0 && contrast == 1) {
      return photo;
    }
    byte[] table = table();
    byte[] bytes = photo.bytes();
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = table[bytes[i] & 0xff];
    }
    return Pixels.of(photo.count(), photo.height(), photo.width(), photo.channels(), bytes);
  }

  private byte[] table() {
    byte[] table = new byte[256];
    for (int v = 0; v < 256; v++) {
      double light = Math.max(DARKEST, Math.min(1 - DARKEST, v / 255.0));
      double logit = contrast * Math.log(light / (1 - light)) + brightness;
      table[v] = (byte) Math.round(255 / (1 + Math.exp(-logit)));
    }
    return table;
  }

  /** −1 to 1, and 0 for a quarter of the photos. */
  static double drawn(SplittableRandom random) {
    boolean applied = random.nextDouble() < APPLIED;
    double value = 2 * random.nextDouble() - 1;
    return applied ? value : 0;
  }
}
