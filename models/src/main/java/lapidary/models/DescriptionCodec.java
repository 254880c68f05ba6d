package lapidary.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Writes a {@link ModelDescription} as JSON ({@code model.json} of a checkpoint) and as the {@code lapidary.*} metadata of an
 * ONNX file, and reads both back. Equal descriptions give equal text. Thread-safe.
 */
public final class DescriptionCodec {
  /** The version of the layout, of {@code model.json} and of the metadata, that this code writes, and the newest it reads. */
  public static final int SCHEMA = 1;

  private static final String PREFIX = "lapidary.";

  /** The metadata key of the SHA-256 of the file that holds the weights, where they lie beside the ONNX file. */
  public static final String WEIGHTS_SHA256 = PREFIX + "weights_sha256";

  private static final String VERSION = "schema";
  private static final String SCHEMA_KEY = PREFIX + VERSION;
  private static final String EMBEDDING_KEY = PREFIX + "embedding";
  private static final String QUANTIZATION_KEY = PREFIX + "quantization";
  private static final String CATALOGUE_KEY = PREFIX + "catalogue";
  private static final ObjectMapper JSON = JsonMapper.builder()
      .addModule(new Jdk8Module())
      .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .enable(SerializationFeature.INDENT_OUTPUT)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .build();

  private DescriptionCodec() {}

  /** The description as indented JSON, beginning with the version of its layout. */
  public static String toJson(ModelDescription description) {
    ObjectNode document = JSON.createObjectNode().put(VERSION, SCHEMA);
    return write(document.setAll((ObjectNode) JSON.valueToTree(description)));
  }

  /**
   * Reads what {@link #toJson} wrote; a text without a version is of version 1, which first had none.
   *
   * @param source what to call the text in an error, such as its path
   * @throws InvalidInputException if the text is not such a description, or newer than this code
   */
  public static ModelDescription fromJson(String json, String source) {
    try {
      if (!(JSON.readTree(json) instanceof ObjectNode document)) {
        throw new InvalidInputException(
            source + " is empty or holds no description of a model; write it again");
      }
      JsonNode schema = document.remove(VERSION);
      if (schema != null && !isRead(schema.asText())) {
        throw newer(source + " is of schema " + schema.asText());
      }
      return JSON.treeToValue(document, ModelDescription.class);
    } catch (JsonProcessingException e) {
      throw damaged(source, e);
    }
  }

  /** The description as ONNX metadata, keys sorted, with the model card under {@code lapidary.card}. */
  public static SortedMap<String, String> toMetadata(ModelDescription description) {
    SortedMap<String, String> metadata = new TreeMap<>();
    metadata.put(SCHEMA_KEY, Integer.toString(SCHEMA));
    metadata.put(PREFIX + "model", description.architecture().name());
    metadata.put(PREFIX + "architecture", compact(description.architecture()));
    metadata.put(PREFIX + "task", compact(description.task()));
    metadata.put(PREFIX + "labels", compact(description.labels()));
    metadata.put(PREFIX + "signature", compact(description.signature()));
    metadata.put(PREFIX + "provenance", compact(description.provenance()));
    metadata.put(PREFIX + "evidence", compact(description.evidence()));
    metadata.put(PREFIX + "card", ModelCard.of(description));
    return metadata;
  }

  /**
   * Reads what {@link #toMetadata} wrote; empty if the file carries no Lapidary metadata.
   *
   * @param source what to call the file in an error
   * @throws InvalidInputException if the metadata is damaged or newer than this code
   */
  public static Optional<ModelDescription> fromMetadata(
      Map<String, String> metadata, String source) {
    String schema = metadata.get(SCHEMA_KEY);
    if (schema == null) {
      return Optional.empty();
    }
    if (!isRead(schema)) {
      throw newer(source + " has Lapidary metadata of schema " + schema);
    }
    return Optional.of(new ModelDescription(
        entry(metadata, "architecture", Architecture.class, source),
        entry(metadata, "task", Task.class, source),
        entry(metadata, "labels", Labels.class, source),
        entry(metadata, "signature", Signature.class, source),
        entry(metadata, "provenance", Provenance.class, source),
        entry(metadata, "evidence", ModelDescription.Evidence.class, source)));
  }

  private static boolean isRead(String schema) {
    return schema.matches("\\d{1,6}") && Integer.parseInt(schema) <= SCHEMA;
  }

  private static InvalidInputException newer(String what) {
    return new InvalidInputException(
        what + ", this version reads up to " + SCHEMA + "; update Lapidary");
  }

  /** A catalogue as one more entry of an ONNX file's metadata. */
  public static Map<String, String> toMetadata(Catalogue catalogue) {
    return Map.of(CATALOGUE_KEY, compact(catalogue));
  }

  /**
   * The catalogue in an ONNX file's metadata; empty if there is not one.
   *
   * @throws InvalidInputException if it is damaged
   */
  public static Optional<Catalogue> catalogueFrom(Map<String, String> metadata, String source) {
    return Optional.ofNullable(metadata.get(CATALOGUE_KEY))
        .map(text -> read(text, Catalogue.class, source + ", metadata " + CATALOGUE_KEY));
  }

  /** Where an embedding comes from as one more entry of an ONNX file's metadata. */
  public static Map<String, String> toMetadata(EmbeddingOrigin origin) {
    return Map.of(EMBEDDING_KEY, compact(origin));
  }

  /**
   * Where the embedding in an ONNX file comes from; empty if none was added to it.
   *
   * @throws InvalidInputException if the entry is damaged
   */
  public static Optional<EmbeddingOrigin> embeddingOriginFrom(
      Map<String, String> metadata, String source) {
    return Optional.ofNullable(metadata.get(EMBEDDING_KEY))
        .map(text -> read(text, EmbeddingOrigin.class, source + ", metadata " + EMBEDDING_KEY));
  }

  /** How a file came to 8 bits as one more entry of its metadata. */
  public static Map<String, String> toMetadata(QuantizationOrigin origin) {
    return Map.of(QUANTIZATION_KEY, compact(origin));
  }

  /**
   * How an ONNX file came to 8 bits; empty if it did not.
   *
   * @throws InvalidInputException if the entry is damaged
   */
  public static Optional<QuantizationOrigin> quantizationOriginFrom(
      Map<String, String> metadata, String source) {
    return Optional.ofNullable(metadata.get(QUANTIZATION_KEY))
        .map(text ->
            read(text, QuantizationOrigin.class, source + ", metadata " + QUANTIZATION_KEY));
  }

  /** A catalogue as indented JSON. */
  public static String toJson(Catalogue catalogue) {
    return write(catalogue);
  }

  /**
   * Reads what {@link #toJson(Catalogue)} wrote.
   *
   * @param source what to call the text in an error, such as its path
   * @throws InvalidInputException if the text is not such a catalogue
   */
  public static Catalogue catalogueFromJson(String json, String source) {
    return read(json, Catalogue.class, source);
  }

  private static <T> T entry(
      Map<String, String> metadata, String key, Class<T> type, String source) {
    String text = metadata.get(PREFIX + key);
    if (text == null) {
      throw new InvalidInputException(
          source + " lacks metadata " + PREFIX + key + "; export it again");
    }
    return read(text, type, source + ", metadata " + PREFIX + key);
  }

  private static <T> T read(String json, Class<T> type, String source) {
    try {
      T value = JSON.readValue(json, type);
      if (value == null) {
        throw new InvalidInputException(source + " is empty; write it again");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw damaged(source, e);
    }
  }

  private static InvalidInputException damaged(String source, JsonProcessingException e) {
    return new InvalidInputException(
        source + " is damaged: " + e.getOriginalMessage() + "; write it again", e);
  }

  private static String write(Object value) {
    return write(JSON.writer(), value);
  }

  private static String compact(Object value) {
    return write(JSON.writer().without(SerializationFeature.INDENT_OUTPUT), value);
  }

  private static String write(com.fasterxml.jackson.databind.ObjectWriter writer, Object value) {
    try {
      return writer.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this room can always be written", e);
    }
  }
}
