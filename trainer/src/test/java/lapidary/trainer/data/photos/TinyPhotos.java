package lapidary.trainer.data.photos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lapidary.models.Pixels;
import lapidary.models.Png;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.RandomSplit;

/** Small pictures in folders and zip files. */
final class TinyPhotos {
  static final DataRoots NOWHERE = new DataRoots(Optional.empty(), Map.of(), Optional.empty());
  static final RandomSplit SPLIT = new RandomSplit(0.25, 7);

  private TinyPhotos() {}

  /** A PNG file of one colour, 5 rows and 7 columns. */
  static byte[] plain(int red, int green, int blue) {
    byte[] bytes = new byte[5 * 7 * 3];
    for (int i = 0; i < bytes.length; i += 3) {
      bytes[i] = (byte) red;
      bytes[i + 1] = (byte) green;
      bytes[i + 2] = (byte) blue;
    }
    return Png.of(Pixels.of(1, 5, 7, 3, bytes), 0);
  }

  /** A PNG file of one channel's noise repeated, 40 rows and 60 columns, another for each seed. */
  static byte[] noise(long seed) {
    byte[] bytes = new byte[40 * 60 * 3];
    java.util.SplittableRandom random = new java.util.SplittableRandom(seed);
    random.nextBytes(bytes);
    return Png.of(Pixels.of(1, 40, 60, 3, bytes), 0);
  }

  static Path write(Path folder, String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path zip(Path file, Map<String, byte[]> entries) {
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static PhotoDataset load(Path place) {
    return PhotoDatasets.load(place.toString(), NOWHERE, SPLIT);
  }
}
