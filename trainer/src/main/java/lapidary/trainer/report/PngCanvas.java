package lapidary.trainer.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import lapidary.models.EnvironmentException;
import lapidary.models.Png;

/** Draws into a PNG on a white ground, two pixels a point. */
final class PngCanvas implements Canvas {
  private static final int SCALE = 2;

  private final Graphics2D graphics;

  private PngCanvas(Graphics2D graphics) {
    this.graphics = graphics;
  }

  /**
   * The bytes of a picture of {@code width}×{@code height} points.
   *
   * @throws EnvironmentException if this machine has no font
   */
  static byte[] draw(int width, int height, Consumer<Canvas> drawing) {
    BufferedImage image =
        new BufferedImage(width * SCALE, height * SCALE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      graphics.setRenderingHint(
          RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
      graphics.setColor(Color.WHITE);
      graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
      graphics.scale(SCALE, SCALE);
      requireFont(graphics);
      drawing.accept(new PngCanvas(graphics));
    } finally {
      graphics.dispose();
    }
    return Png.encode(image);
  }

  /** A machine without fonts fails inside the platform, each release in its own way. */
  private static void requireFont(Graphics2D graphics) {
    try {
      graphics.getFontMetrics(font(12, false)).stringWidth("0");
    } catch (RuntimeException | LinkageError | InternalError e) {
      throw new EnvironmentException(
          "this machine has no font to draw a PNG with; install one"
              + " (Debian: fontconfig and fonts-dejavu-core), or name the plot .svg",
          e);
    }
  }

  @Override
  public void line(List<Point> points, Pen pen) {
    Path2D path = new Path2D.Double();
    path.moveTo(points.get(0).x(), points.get(0).y());
    points.forEach(point -> path.lineTo(point.x(), point.y()));
    graphics.setColor(Color.decode(pen.ink().hex()));
    graphics.setStroke(new BasicStroke(
        (float) pen.width(),
        BasicStroke.CAP_ROUND,
        BasicStroke.JOIN_ROUND,
        10,
        pen.dashed() ? new float[] {4, 4} : null,
        0));
    graphics.draw(path);
  }

  @Override
  public void dot(Point centre, double radius, Ink ink, String note) {
    graphics.setColor(Color.decode(ink.hex()));
    graphics.fill(
        new Ellipse2D.Double(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius));
  }

  @Override
  public void text(Point baseline, String text, Lettering type) {
    graphics.setFont(font(type.size(), type.bold()));
    graphics.setColor(Color.decode(type.ink().hex()));
    double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
    double shift = switch (type.anchor()) {
      case START -> 0;
      case MIDDLE -> width / 2;
      case END -> width;
    };
    graphics.drawString(text, (float) (baseline.x() - shift), (float) baseline.y());
  }

  @Override
  public void upwards(Point centre, String text, Lettering type) {
    AffineTransform before = graphics.getTransform();
    graphics.translate(centre.x(), centre.y());
    graphics.rotate(-Math.PI / 2);
    text(new Point(0, 0), text, type);
    graphics.setTransform(before);
  }

  @Override
  public void clip(double x, double y, double width, double height) {
    graphics.setClip(new Rectangle2D.Double(x, y, width, height));
  }

  @Override
  public void unclip() {
    graphics.setClip(null);
  }

  private static Font font(double size, boolean bold) {
    return new Font(Font.SANS_SERIF, bold ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) size);
  }
}
