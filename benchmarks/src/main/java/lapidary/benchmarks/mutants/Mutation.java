package lapidary.benchmarks.mutants;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Makes the mutant of a number: the same seed, number and file give the same bytes on every machine. Stateless. */
final class Mutation {
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private Mutation() {}

  /** @param whole the bytes of a sound file */
  static byte[] of(byte[] whole, long seed, int index) {
    Random random = new Random(seed * SPREAD + index);
    if (random.nextInt(5) == 0) {
      return bytes(whole, random);
    }
    WireMessage model = WireMessage.parse(MessageKind.MODEL, whole);
    List<GraphEdit> edits = List.of(GraphEdit.values());
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      edits.get(random.nextInt(edits.size())).apply(model, random);
    }
    return model.bytes();
  }

  private static byte[] bytes(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    switch (random.nextInt(5)) {
      case 0 -> {
        return Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      case 1 -> flip(bytes, 1, random);
      case 2 -> flip(bytes, 2 + random.nextInt(14), random);
      case 3 -> {
        return removed(bytes, random);
      }
      default ->
        random
            .ints(1 + random.nextInt(4), 0, bytes.length)
            .forEach(at -> bytes[at] = (byte) random.nextInt());
    }
    return bytes;
  }

  private static void flip(byte[] bytes, int times, Random random) {
    for (int i = 0; i < times; i++) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
  }

  private static byte[] removed(byte[] bytes, Random random) {
    int from = random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(32));
    byte[] shorter = Arrays.copyOf(bytes, bytes.length - (to - from));
    System.arraycopy(bytes, to, shorter, from, bytes.length - to);
    return shorter;
  }
}
