package lapidary.search.http.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.InputTensor;
import lapidary.search.inference.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a request to run a model, read as it comes: arrays of data become tensors without a tree in between. Fields that nobody
 * knows are passed over, as the protocol wants it. Not thread-safe.
 */
final class InferJson {
  /** Numbers by the fast ways that give the same bits; NaN and infinity by name, as Triton takes and gives them. */
  static final JsonFactory FACTORY = JsonFactory.builder()
      .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
      .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
      .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
      .disable(JsonWriteFeature.WRITE_NAN_AS_STRINGS)
      .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
      .build();

  private static final int MOST_DIMENSIONS = 64;

  private final JsonParser parser;
  private final int length;
  private String id = "";
  private Parameters parameters = Parameters.NONE;
  private List<Input> inputs = List.of();
  private List<Output> outputs = List.of();

  /**
   * An input as JSON has it.
   *
   * @param tensor its values; empty if they stand behind the JSON
   */
  record Input(
      String name,
      Datatype datatype,
      List<Long> shape,
      Parameters parameters,
      Optional<InputTensor> tensor) {}

  /** An output that is asked for. */
  record Output(String name, Parameters parameters) {}

  private InferJson(JsonParser parser, int length) {
    this.parser = parser;
    this.length = length;
  }

  /** Reads the first bytes of a body. @throws InvalidInputException if they are not such a request */
  static InferJson read(byte[] body, int length) {
    try (JsonParser parser = FACTORY.createParser(body, 0, length)) {
      InferJson request = new InferJson(parser, length);
      request.all();
      return request;
    } catch (JacksonException e) {
      throw new InvalidInputException(
          "the request is not JSON: " + e.getOriginalMessage() + "; send one JSON object", e);
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory cannot be read", e);
    }
  }

  String id() {
    return id;
  }

  Parameters parameters() {
    return parameters;
  }

  List<Input> inputs() {
    return inputs;
  }

  List<Output> outputs() {
    return outputs;
  }

  private void all() throws IOException {
    parser.nextToken();
    requireObject("the request");
    boolean sent = false;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "id" -> id = text("id");
        case "parameters" -> parameters = readParameters("the request");
        case "inputs" -> {
          inputs = list("inputs", this::input);
          sent = true;
        }
        case "outputs" -> outputs = list("outputs", this::output);
        default -> parser.skipChildren();
      }
    }
    if (!sent) {
      throw new InvalidInputException("the request has no inputs; send an array of them");
    }
    if (parser.nextToken() != null) {
      throw new InvalidInputException("something follows the request; send one JSON object");
    }
  }

  /** Reads one element of a list, at whose first token the parser stands. */
  private interface Element<T> {
    T read(String what) throws IOException;
  }

  private <T> List<T> list(String what, Element<T> element) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException(what + " is not an array; send one");
    }
    List<T> all = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      all.add(element.read(what + "[" + all.size() + "]"));
    }
    return all;
  }

  private Output output(String what) throws IOException {
    requireObject(what);
    String name = null;
    Parameters own = Parameters.NONE;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> name = text(what + ".name");
        case "parameters" -> own = readParameters(what);
        default -> parser.skipChildren();
      }
    }
    return new Output(required(name, what, "name"), own);
  }

  private Input input(String what) throws IOException {
    requireObject(what);
    Fields fields = new Fields();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String field = parser.currentName();
      parser.nextToken();
      switch (field) {
        case "name" -> fields.name = text(what + ".name");
        case "datatype" -> fields.datatype = Datatype.named(text(what + ".datatype"));
        case "shape" -> fields.shape = shape(what);
        case "parameters" -> fields.parameters = readParameters(what);
        case "data" -> data(fields, what);
        default -> parser.skipChildren();
      }
    }
    return input(fields, what);
  }

  /** What is known of an input so far. */
  private static final class Fields {
    private @Nullable String name;
    private @Nullable Datatype datatype;
    private long @Nullable [] shape;
    private Parameters parameters = Parameters.NONE;
    private JsonTensor.@Nullable Values values;
    private @Nullable TokenBuffer early;
  }

  /** Of data that come before their datatype the tokens are kept until it is known. */
  private void data(Fields fields, String what) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return;
    }
    if (fields.datatype == null) {
      TokenBuffer early = new TokenBuffer(parser);
      early.copyCurrentStructure(parser);
      fields.early = early;
    } else {
      String name = fields.name == null ? what : fields.name;
      fields.values = JsonTensor.read(parser, name, fields.datatype, expected(fields, name));
    }
  }

  /** A value has two characters at least: a shape cannot make memory be taken that nobody sent. */
  private int expected(Fields fields, String name) {
    long[] shape = fields.shape;
    return shape == null ? 0 : (int) Math.min(InputTensor.count(name, shape), length / 2 + 1);
  }

  private Input input(Fields fields, String what) throws IOException {
    String name = required(fields.name, what, "name");
    Datatype datatype = required(fields.datatype, what, "datatype");
    long[] shape = required(fields.shape, what, "shape");
    JsonTensor.Values values = fields.values;
    if (fields.early != null) {
      try (JsonParser early = fields.early.asParser()) {
        early.nextToken();
        values = JsonTensor.read(early, name, datatype, expected(fields, name));
      }
    }
    return new Input(
        name,
        datatype,
        Arrays.stream(shape).boxed().toList(),
        fields.parameters,
        Optional.ofNullable(values).map(read -> read.shaped(name, datatype, shape)));
  }

  private long[] shape(String what) throws IOException {
    long[] shape = new long[MOST_DIMENSIONS];
    int count = 0;
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw new InvalidInputException(what + ".shape is not an array; send one of whole numbers");
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT || count == MOST_DIMENSIONS) {
        throw new InvalidInputException(what + ".shape is not an array of at most "
            + MOST_DIMENSIONS + " whole numbers; send one");
      }
      shape[count++] = parser.getLongValue();
    }
    return Arrays.copyOf(shape, count);
  }

  private Parameters readParameters(String what) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return Parameters.NONE;
    }
    requireObject("parameters of " + what);
    Map<String, Object> values = new HashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_TRUE, VALUE_FALSE -> values.put(name, parser.getBooleanValue());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.put(name, parser.getNumberValue());
        case VALUE_STRING -> values.put(name, parser.getText());
        default -> parser.skipChildren();
      }
    }
    return Parameters.of(values);
  }

  private void requireObject(String what) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new InvalidInputException(what + " is not a JSON object; send one");
    }
  }

  private String text(String what) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new InvalidInputException(what + " is not text; send a JSON string");
    }
    return parser.getText();
  }

  private static <T> T required(@Nullable T value, String what, String field) {
    if (value == null) {
      throw new InvalidInputException(what + " has no " + field + "; send it");
    }
    return value;
  }
}
