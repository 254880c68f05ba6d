package lapidary.search.http.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lapidary.search.http.route.Json;
import org.jspecify.annotations.Nullable;

/**
 * Schemas of answers, made of their records: fields as they are written, what is not nullable required. A resource may add words and
 * bounds; it may not say otherwise, nor tell of fields that there are not. Immutable.
 */
public final class AnswerSchemas {
  private static final Set<Class<?>> WHOLE =
      Set.of(int.class, long.class, Integer.class, Long.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(float.class, double.class, Float.class, Double.class);
  private static final Set<Class<?>> TRUTHS = Set.of(boolean.class, Boolean.class);
  private static final String PROPERTIES = "properties";
  private static final String REFERENCE = "$ref";

  private final Map<String, Class<? extends Record>> answers;
  private final Map<Class<?>, String> names;

  /** @param answers records by the names of their schemas; records within them that have none are written where they are */
  public AnswerSchemas(Map<String, Class<? extends Record>> answers) {
    this.answers = new TreeMap<>(answers);
    this.names = answers.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));
  }

  /**
   * Completes schemas.
   *
   * @param schemas what a resource says of some, by name
   * @throws IllegalStateException if it contradicts a record
   */
  public void addTo(ObjectNode schemas) {
    answers.forEach((name, type) -> {
      ObjectNode schema = object(type);
      merge(name, schema, schemas.path(name));
      schemas.set(name, schema);
    });
  }

  private ObjectNode object(Class<?> type) {
    ObjectNode schema = node("object");
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = Json.name(component.getName());
      properties.set(name, schema(component.getGenericType()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(name);
      }
    }
    if (!required.isEmpty()) {
      schema.set("required", required);
    }
    schema.set(PROPERTIES, properties);
    return schema;
  }

  /** Of what is neither a class nor a list or map of some, nothing is said. */
  private ObjectNode schema(Type type) {
    if (type instanceof ParameterizedType generic) {
      return container(generic);
    }
    if (!(type instanceof Class<?> plain)) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (names.containsKey(plain)) {
      return JsonNodeFactory.instance
          .objectNode()
          .put(REFERENCE, "#/components/schemas/" + names.get(plain));
    }
    return plain.isRecord() ? object(plain) : value(plain);
  }

  private ObjectNode container(ParameterizedType generic) {
    Type[] arguments = generic.getActualTypeArguments();
    if (generic.getRawType().equals(List.class)) {
      return node("array").set("items", schema(arguments[0]));
    }
    if (generic.getRawType().equals(Map.class)) {
      return node("object").set("additionalProperties", schema(arguments[1]));
    }
    throw new IllegalStateException(generic + " has no schema; answer with lists and maps");
  }

  /** Of any other type nothing is said. */
  private static ObjectNode value(Class<?> type) {
    if (type.equals(String.class)) {
      return node("string");
    }
    if (WHOLE.contains(type)) {
      return node("integer");
    }
    if (NUMBERS.contains(type)) {
      return node("number");
    }
    return TRUTHS.contains(type) ? node("boolean") : JsonNodeFactory.instance.objectNode();
  }

  private static ObjectNode node(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }

  /** Adds what is written to what the record says. A reference takes the place of what it stands beside. */
  private static void merge(String place, ObjectNode schema, JsonNode written) {
    if (written.has(REFERENCE) && !schema.has(REFERENCE)) {
      schema.removeAll();
    }
    written.properties().forEach(field -> {
      String name = field.getKey();
      JsonNode own = schema.get(name);
      String here = place + "." + name;
      if (own instanceof ObjectNode object && field.getValue().isObject()) {
        merge(here, object, field.getValue());
      } else if (own == null && !place.endsWith("." + PROPERTIES)) {
        schema.set(name, field.getValue());
      } else if (!field.getValue().equals(own)) {
        throw new IllegalStateException(
            here + " is documented as " + field.getValue() + ", and its record says "
                + (own == null ? "that there is not one" : own) + "; change one of them");
      }
    });
  }
}
