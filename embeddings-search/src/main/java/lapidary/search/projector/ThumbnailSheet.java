package lapidary.search.projector;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import lapidary.search.store.Thumbnail;

/**
 * Small pictures side by side in one JPEG, which is far smaller than a file each: squares cut from the middles, row by row.
 *
 * @param uri the sheet as a {@code data:} address
 * @param side of a picture, in pixels
 * @param columns pictures in a row
 */
record ThumbnailSheet(String uri, int side, int columns) {
  private static final int LARGEST_SIDE = 56;

  /** The sheet of as many pictures, each of which is one. */
  static ThumbnailSheet of(List<Thumbnail> thumbnails) {
    List<BufferedImage> pictures =
        thumbnails.stream().map(ThumbnailSheet::decoded).toList();
    int largest = pictures.stream()
        .mapToInt(picture -> Math.min(picture.getWidth(), picture.getHeight()))
        .max()
        .orElse(1);
    int side = Math.min(LARGEST_SIDE, largest);
    int columns = (int) Math.ceil(Math.sqrt(pictures.size()));
    int rows = (pictures.size() + columns - 1) / columns;
    BufferedImage sheet =
        new BufferedImage(columns * side, rows * side, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = sheet.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    for (int i = 0; i < pictures.size(); i++) {
      draw(pen, pictures.get(i), i % columns * side, i / columns * side, side);
    }
    pen.dispose();
    return new ThumbnailSheet(uri(sheet), side, columns);
  }

  private static void draw(Graphics2D pen, BufferedImage picture, int x, int y, int side) {
    int cut = Math.min(picture.getWidth(), picture.getHeight());
    int left = (picture.getWidth() - cut) / 2;
    int top = (picture.getHeight() - cut) / 2;
    pen.drawImage(picture, x, y, x + side, y + side, left, top, left + cut, top + cut, null);
  }

  private static BufferedImage decoded(Thumbnail thumbnail) {
    try {
      return ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
    } catch (IOException e) {
      throw new IllegalStateException("a thumbnail in memory cannot be decoded", e);
    }
  }

  private static String uri(BufferedImage sheet) {
    return "data:image/jpeg;base64,"
        + Base64.getEncoder().encodeToString(Thumbnail.encoded(sheet, "jpeg"));
  }
}
