package lapidary.benchmarks.mutants;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import lapidary.benchmarks.mutants.WireMessage.Field;

/** The graphs of {@link OperatorFiles} with names of their own. Stateless. */
final class Grafts {
  private static final List<byte[]> FILES = List.copyOf(OperatorFiles.all().values());

  private Grafts() {}

  /** One of them, whose values are called as no other's are. */
  static WireMessage one(Random random) {
    byte[] file = FILES.get(random.nextInt(FILES.size()));
    WireMessage graph =
        WireMessage.parse(MessageKind.MODEL, file).all(MessageKind.GRAPH).get(0);
    String prefix = "graft" + random.nextInt(1 << 20) + "_";
    graph.all().forEach(message -> {
      switch (message.kind) {
        case NODE -> rename(message, prefix, 1, 2);
        case TENSOR -> rename(message, prefix, 8);
        case VALUE -> rename(message, prefix, 1);
        default -> {
          // The others name no values.
        }
      }
    });
    return graph;
  }

  private static void rename(WireMessage message, String prefix, int... numbers) {
    for (int number : numbers) {
      for (Field name : message.with(number)) {
        String text = new String(name.bytes, StandardCharsets.UTF_8);
        name.bytes = (text.isEmpty() ? "" : prefix + text).getBytes(StandardCharsets.UTF_8);
      }
    }
  }
}
