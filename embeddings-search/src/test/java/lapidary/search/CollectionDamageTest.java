package lapidary.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Collections of which bytes were changed or cut off: whatever is damaged is found, named, and never answered from. */
final class CollectionDamageTest {
  @TempDir
  Path temporary;

  @Test
  void everyFlippedBitAndEveryCutIsFoundByTheCheckAndNamed() throws IOException {
    Path folder = sample();
    assertThat(Collection.damages(folder)).isEmpty();
    for (Path file : files(folder)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 1 + whole.length / 12) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 0x10;
        isFound(folder, file, flipped);
        isFound(folder, file, java.util.Arrays.copyOf(whole, at));
      }
      Files.delete(file);
      assertThat(damages(folder))
          .contains(file.getFileName().toString().replaceAll("segments_.*", "segments"));
      Files.write(file, whole);
    }
    assertThat(Collection.damages(folder)).isEmpty();
    Collection.open(folder).close();
  }

  /** A length that asks for more memory than any machine has, read before the checksum of its file is. */
  @Test
  void damagedLengthsAreFoundNotAllocated() throws IOException {
    Path folder = sample();
    byte[] magic = {0x3f, (byte) 0xd7, 0x6c, 0x17};
    for (Path file : files(folder)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length - 9; at++) {
        if (java.util.Arrays.equals(whole, at, at + 4, magic, 0, 4)) {
          byte[] damaged = whole.clone();
          java.util.Arrays.fill(damaged, at + 4, at + 8, (byte) 0xff);
          damaged[at + 8] = 7;
          isFound(folder, file, damaged);
        }
      }
      Files.write(file, whole);
    }
    Collection.open(folder).close();
  }

  private static void isFound(Path folder, Path file, byte[] bytes) throws IOException {
    Files.write(file, bytes);
    assertThat(damages(folder))
        .contains(file.getFileName().toString())
        .matches("(?s).*(is damaged|has format).*(index again|restore).*");
    // Opened or refused with a sentence: never an answer from what is damaged.
    try {
      Collection.open(folder).close();
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("is damaged");
    }
  }

  private static String damages(Path folder) {
    try {
      return String.join("\n", Collection.damages(folder));
    } catch (InvalidInputException e) {
      return e.getMessage();
    }
  }

  /** Most bytes of a collection are its pictures, which opening does not read. */
  @Test
  void aDamagedPictureIsRefusedNotShown() throws IOException {
    Path folder = temporary.resolve("pictures");
    Map<String, byte[]> pictures = new TreeMap<>();
    try (Collection collection = Collection.create(folder, Samples.spec("pictures", 3))) {
      for (Item item : Samples.items(30)) {
        Thumbnail picture =
            Thumbnail.of(Samples.png(30 + pictures.size(), 20), "picture of " + item.id());
        pictures.put(item.id(), picture.bytes());
        collection.save(item, new float[] {1, 2, 3}, picture);
      }
    }
    int refused = 0;
    for (Path file : files(folder)) {
      byte[] whole = Files.readAllBytes(file);
      for (int at = 0; at < whole.length; at += 1 + whole.length / 15) {
        byte[] flipped = whole.clone();
        flipped[at] ^= 0x7f;
        Files.write(file, flipped);
        refused += refusals(folder, pictures);
      }
      Files.write(file, whole);
    }
    assertThat(refused).isPositive();
    assertThat(refusals(folder, pictures)).isZero();
  }

  /** How many pictures are refused; the others are right. */
  private static int refusals(Path folder, Map<String, byte[]> pictures) {
    int refusals = 0;
    try (Collection collection = Collection.open(folder)) {
      for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
        try {
          assertThat(collection.thumbnail(picture.getKey()).bytes()).isEqualTo(picture.getValue());
        } catch (InvalidInputException e) {
          assertThat(e).hasMessageContaining(folder + " is damaged: ");
          refusals++;
        }
      }
    } catch (InvalidInputException e) {
      assertThat(e).hasMessageContaining("is damaged");
    }
    return refusals;
  }

  private Path sample() {
    return Samples.collection(temporary.resolve("sample"));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.endsWith("write.lock")).sorted().toList();
    }
  }
}
