package lapidary.search.http.route;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;

/** Reads requests strictly and writes answers in one stable form: fields in declared order, snake_case. Stateless. */
public final class Json {
  private static final PropertyNamingStrategies.NamingBase NAMES =
      new PropertyNamingStrategies.SnakeCaseStrategy();

  private static final ObjectMapper MAPPER = JsonMapper.builder()
      .propertyNamingStrategy(NAMES)
      .defaultPropertyInclusion(
          JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private Json() {}

  public static void answer(Context context, Record body) {
    context.contentType("application/json").result(bytes(body));
  }

  public static byte[] bytes(Record body) {
    return written(body);
  }

  /** The same, of an answer that may be large. */
  static byte[] bytes(Record body, int most) {
    Bounded out = new Bounded(most);
    try {
      MAPPER.writeValue(out, body);
    } catch (Bounded.Full e) {
      throw new InvalidInputException(
          "the answer is longer than " + most + " bytes; ask for less", e);
    } catch (IOException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
    return out.kept.toByteArray();
  }

  private static final class Bounded extends OutputStream {
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final int most;

    Bounded(int most) {
      this.most = most;
    }

    static final class Full extends IOException {
      private static final long serialVersionUID = 1L;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      if (length > most - kept.size()) {
        throw new Full();
      }
      kept.write(bytes, from, length);
    }
  }

  public static byte[] bytes(JsonNode document) {
    return written(document);
  }

  private static byte[] written(Object body) {
    try {
      return MAPPER.writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
  }

  /**
   * Reads one object.
   *
   * @param what what to call it in an error
   * @param known the fields it may have
   */
  public static JsonNode object(byte[] bytes, String what, List<String> known) {
    JsonNode node = parse(bytes, what);
    requireFields(node, what, known);
    return node;
  }

  public static JsonNode parse(byte[] bytes, String what) {
    try {
      return MAPPER.readTree(bytes);
    } catch (JacksonException e) {
      throw new InvalidInputException(
          what + " is not JSON: " + e.getOriginalMessage() + "; send one JSON object", e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  public static void requireFields(JsonNode node, String what, List<String> known) {
    if (!node.isObject()) {
      throw new InvalidInputException(what + " is not a JSON object; send one");
    }
    node.fieldNames().forEachRemaining(name -> {
      if (!known.contains(name)) {
        throw NearestName.unknown("field of " + what, name, known);
      }
    });
  }

  /** What a component of a record is called in an answer. */
  public static String name(String component) {
    return NAMES.translate(component);
  }

  public static String text(JsonNode node, String what) {
    if (!node.isTextual()) {
      throw new InvalidInputException(what + " is not text; send a JSON string");
    }
    return node.textValue();
  }

  public static float[] vector(JsonNode node) {
    if (!node.isArray()) {
      throw new InvalidInputException("vector is not an array; send an array of numbers");
    }
    float[] vector = new float[node.size()];
    for (int i = 0; i < vector.length; i++) {
      if (!node.get(i).isNumber()) {
        throw new InvalidInputException("vector[" + i + "] is not a number; send numbers only");
      }
      vector[i] = node.get(i).floatValue();
    }
    return vector;
  }

  public static List<JsonNode> list(JsonNode node, String what) {
    if (!node.isArray()) {
      throw new InvalidInputException(what + " is not an array; send one");
    }
    List<JsonNode> result = new ArrayList<>();
    node.forEach(result::add);
    return result;
  }
}
