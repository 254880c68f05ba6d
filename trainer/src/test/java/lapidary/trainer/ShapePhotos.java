package lapidary.trainer;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.data.photos.PhotoDatasets;

/** Photos that a test draws: a red disc, a green square or a blue bar somewhere on a grey ground, half PNG, half JPEG. */
public final class ShapePhotos {
  static final int VALID = 6;

  private ShapePhotos() {}

  /** Writes {@code train} photos a class to learn from and {@link #VALID} to measure on, and one damaged file in each part. */
  public static PhotoDataset write(Path folder, int train) {
    SplittableRandom random = new SplittableRandom(11);
    for (Shape shape : Shape.values()) {
      for (int i = 0; i < train + VALID; i++) {
        Path part = folder.resolve(i < train ? "train" : "valid").resolve(shape.name());
        draw(shape, random, part, i);
      }
    }
    damaged(folder.resolve("train/blue/broken.jpg"));
    damaged(folder.resolve("valid/green/00.png"));
    return load(folder);
  }

  static PhotoDataset load(Path folder) {
    DataRoots nowhere = new DataRoots(Optional.empty(), Map.of(), Optional.empty());
    return PhotoDatasets.load(folder.toString(), nowhere, new RandomSplit(0.2, 1));
  }

  private enum Shape {
    blue,
    green,
    red
  }

  private static void draw(Shape shape, SplittableRandom random, Path folder, int number) {
    BufferedImage image = new BufferedImage(56, 44, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    int grey = random.nextInt(90, 160);
    graphics.setColor(new Color(grey, grey, grey));
    graphics.fillRect(0, 0, 56, 44);
    int x = random.nextInt(10, 26);
    int y = random.nextInt(8, 18);
    switch (shape) {
      case red -> paint(graphics, Color.RED, () -> graphics.fillOval(x, y, 20, 20));
      case green -> paint(graphics, Color.GREEN, () -> graphics.fillRect(x, y, 18, 18));
      default -> paint(graphics, Color.BLUE, () -> graphics.fillRect(x, y, 26, 10));
    }
    graphics.dispose();
    String format = number % 2 == 0 ? "png" : "jpg";
    try {
      Files.createDirectories(folder);
      ImageIO.write(image, format, folder.resolve(10 + number + "." + format).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void paint(Graphics2D graphics, Color color, Runnable shape) {
    graphics.setColor(color);
    shape.run();
  }

  private static void damaged(Path file) {
    try {
      Files.write(file, "no picture".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
