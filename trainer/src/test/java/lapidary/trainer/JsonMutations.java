package lapidary.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** A JSON text damaged in one place: a value exchanged, left out, added or doubled, the text cut off, or a byte flipped. */
final class JsonMutations {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> VALUES = List.of(
      "-1",
      "0",
      "1",
      "2",
      "7",
      "2147483647",
      "-2147483648",
      "9223372036854775807",
      "1e300",
      "-1e-300",
      "0.5",
      "\"NaN\"",
      "\"Infinity\"",
      "\"\"",
      "\"x\"",
      "\"-1\"",
      "null",
      "true",
      "[]",
      "{}",
      "[null]",
      "{\"a\":null}");

  private final String json;
  private final SplittableRandom random;

  JsonMutations(String json, long seed) {
    this.json = json;
    this.random = new SplittableRandom(seed);
  }

  String next() throws JsonProcessingException {
    int at = random.nextInt(json.length());
    return switch (random.nextInt(8)) {
      case 0 -> json.substring(0, at);
      case 1 -> flipped(at);
      case 2 -> json.substring(0, at) + "\"" + json.substring(at);
      default -> edited();
    };
  }

  private String flipped(int at) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    bytes[at] ^= (byte) (1 << random.nextInt(7));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String edited() throws JsonProcessingException {
    JsonNode root = JSON.readTree(json);
    List<ContainerNode<?>> containers = new ArrayList<>();
    collect(root, containers);
    ContainerNode<?> place = containers.get(random.nextInt(containers.size()));
    JsonNode value = JSON.readTree(VALUES.get(random.nextInt(VALUES.size())));
    int change = random.nextInt(6);
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.get(random.nextInt(names.size()));
      if (change == 0) {
        object.remove(name);
      } else if (change == 1) {
        object.set("unheard-of", value);
      } else {
        object.set(name, value);
      }
    } else if (place instanceof ArrayNode array) {
      int index = random.nextInt(array.size());
      if (change == 0) {
        array.remove(index);
      } else if (change == 1) {
        array.add(array.get(index).deepCopy());
      } else {
        array.set(index, value);
      }
    }
    return JSON.writeValueAsString(root);
  }

  private static void collect(JsonNode node, List<ContainerNode<?>> found) {
    if (node instanceof ContainerNode<?> container && !node.isEmpty()) {
      found.add(container);
    }
    node.forEach(child -> collect(child, found));
  }
}
