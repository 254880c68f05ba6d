package lapidary.search.page;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import lapidary.search.store.Thumbnail;

/** Pictures that nobody has to give a licence for: ellipses in the colours of their label. The same number gives the same picture. Stateless. */
final class DrawnPicture {
  /** Labels in their order, and the colour of each. */
  static final Map<String, int[]> COLOURS = colours();

  private static final List<String> LABELS = List.copyOf(COLOURS.keySet());
  private static final int HEIGHT = 240;
  private static final int[] WIDTHS = {320, 180, 360, 240, 320};

  /** One picture in so many is the one before it with a point more. */
  private static final int COPIED = 12;

  private DrawnPicture() {}

  private static Map<String, int[]> colours() {
    Map<String, int[]> colours = new LinkedHashMap<>();
    colours.put("amber", new int[] {230, 150, 40});
    colours.put("berry", new int[] {150, 40, 90});
    colours.put("cobalt", new int[] {40, 80, 190});
    colours.put("fern", new int[] {60, 140, 70});
    colours.put("ink", new int[] {35, 38, 50});
    colours.put("lemon", new int[] {240, 225, 90});
    colours.put("mist", new int[] {200, 208, 214});
    colours.put("plum", new int[] {110, 60, 140});
    colours.put("rose", new int[] {235, 130, 150});
    colours.put("teal", new int[] {30, 140, 145});
    return colours;
  }

  static String label(int number) {
    return LABELS.get(original(number) * 7 % LABELS.size());
  }

  static String id(int number) {
    return String.format("%s/%s-%04d.png", label(number), label(number), number);
  }

  /** Whether it is the picture before it but for a point. */
  static boolean isCopy(int number) {
    return number % COPIED == COPIED - 1;
  }

  private static int original(int number) {
    return isCopy(number) ? number - 1 : number;
  }

  /** In pixels. */
  static int width(int number) {
    return WIDTHS[number % WIDTHS.length];
  }

  /** PNG. */
  static byte[] png(int number) {
    BufferedImage image = drawn(original(number));
    if (isCopy(number)) {
      image.setRGB(3, 3, Color.WHITE.getRGB());
    }
    return Thumbnail.encoded(image, "png");
  }

  private static BufferedImage drawn(int number) {
    Random random = new Random(number);
    int width = width(number);
    int[] colour = COLOURS.get(label(number));
    BufferedImage image = new BufferedImage(width, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setPaint(new GradientPaint(
        0, 0, near(colour, 30, random, 255), width, HEIGHT, near(colour, 50, random, 255)));
    pen.fillRect(0, 0, width, HEIGHT);
    for (int i = 0; i < 9; i++) {
      pen.setPaint(near(colour, 75, random, 150));
      pen.fill(new Ellipse2D.Double(
          random.nextInt(width) - 60,
          random.nextInt(HEIGHT) - 60,
          30 + random.nextInt(130),
          30 + random.nextInt(110)));
    }
    pen.dispose();
    return image;
  }

  private static Color near(int[] colour, int spread, Random random, int alpha) {
    int shift = random.nextInt(2 * spread) - spread;
    return new Color(
        clamp(colour[0] + shift + random.nextInt(spread) - spread / 2),
        clamp(colour[1] + shift + random.nextInt(spread) - spread / 2),
        clamp(colour[2] + shift + random.nextInt(spread) - spread / 2),
        alpha);
  }

  private static int clamp(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
