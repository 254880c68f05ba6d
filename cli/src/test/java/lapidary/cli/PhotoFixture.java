package lapidary.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import lapidary.models.Architecture;
import lapidary.models.Pixels;
import lapidary.models.Png;
import lapidary.trainer.kind.Networks;
import lapidary.trainer.network.Network;
import lapidary.trainer.store.Safetensors;

/** Photos and weights that the tests make themselves. */
final class PhotoFixture {
  static final List<String> CLASSES = List.of("blue", "green", "red");

  private PhotoFixture() {}

  /** Pictures of one noisy colour, 36 × 48, six a class to learn from and three to measure on, with a damaged one. */
  static Path photos(Path folder) {
    SplittableRandom random = new SplittableRandom(3);
    for (String name : CLASSES) {
      for (int i = 0; i < 9; i++) {
        String part = i < 6 ? "train" : "valid";
        write(folder.resolve(part + "/" + name + "/" + i + ".png"), picture(name, random));
      }
    }
    write(
        folder.resolve("valid/red/damaged.jpg"), "no picture".getBytes(StandardCharsets.US_ASCII));
    return folder;
  }

  /** As many such pictures of each class, in one part. */
  static Path flat(Path folder, int each) {
    SplittableRandom random = new SplittableRandom(4);
    for (String name : CLASSES) {
      for (int i = 0; i < each; i++) {
        write(folder.resolve(name + "/" + i + ".png"), picture(name, random));
      }
    }
    return folder;
  }

  private static byte[] picture(String name, SplittableRandom random) {
    byte[] bytes = new byte[36 * 48 * 3];
    int strong = 2 - CLASSES.indexOf(name);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(80) + (i % 3 == strong ? 160 : 0));
    }
    return Png.of(Pixels.of(1, 36, 48, 3, bytes), 0);
  }

  /** A whole ResNet-18 of five classes with fresh weights, as a publisher would give it. */
  static Path weights(Path file) {
    Architecture plain = new Architecture.Resnet(18, Architecture.Resnet.Head.PLAIN, 5);
    try (Network network = Networks.of(plain, 1)) {
      Safetensors.write(file, network.weights(), Map.of());
    }
    return file;
  }

  static Path write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
