package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.store.AttributeValue;

/** Values of attributes as JSON. Stateless. */
final class Values {
  private Values() {}

  /**
   * A value, or a list of them.
   *
   * @param what what to call it in an error
   */
  static AttributeValue read(JsonNode node, String what) {
    if (!node.isArray()) {
      return single(node, what);
    }
    List<AttributeValue.Single> values = new ArrayList<>();
    node.forEach(value -> values.add(single(value, what)));
    return AttributeValue.of(values);
  }

  static AttributeValue.Single single(JsonNode node, String what) {
    if (node.isTextual()) {
      return AttributeValue.of(node.textValue());
    }
    if (node.isBoolean()) {
      return AttributeValue.of(node.booleanValue());
    }
    if (node.isIntegralNumber()) {
      return AttributeValue.of(node.bigIntegerValue());
    }
    if (node.isNumber()) {
      return AttributeValue.of(node.doubleValue());
    }
    throw new InvalidInputException(
        what + " is " + (node.isNull() ? "null" : "a JSON object or array")
            + "; send a string, a number, true or false, or an array of these");
  }

  /** The attributes of an item, by name; none if there is no node. */
  static Map<String, AttributeValue> attributes(Optional<JsonNode> node) {
    Map<String, AttributeValue> attributes = new LinkedHashMap<>();
    node.ifPresent(object -> {
      if (!object.isObject()) {
        throw new InvalidInputException("attributes is not a JSON object; send names and values");
      }
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        attributes.put(field.getKey(), read(field.getValue(), "attributes." + field.getKey()));
      }
    });
    return attributes;
  }

  static boolean flag(JsonNode node, String what) {
    if (!node.isBoolean()) {
      throw new InvalidInputException(what + " is not a boolean; send true or false");
    }
    return node.booleanValue();
  }
}
