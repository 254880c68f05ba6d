package lapidary.trainer.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;
import org.jspecify.annotations.Nullable;

/** Reads the JSON text of a safetensors header, token by token; anything it does not expect is an error. Single use. */
final class HeaderParser {
  private static final JsonFactory JSON = JsonFactory.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .streamReadConstraints(StreamReadConstraints.builder()
          .maxNestingDepth(4)
          .maxNameLength(Header.MAX_BYTES)
          .maxStringLength(Header.MAX_BYTES)
          .build())
      .build();

  private final JsonParser parser;
  private final String source;
  private final List<Header.Entry> entries = new ArrayList<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();

  private HeaderParser(JsonParser parser, String source) {
    this.parser = parser;
    this.source = source;
  }

  static Header parse(byte[] json, String source, long dataStart) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      HeaderParser header = new HeaderParser(parser, source);
      header.readAll();
      return new Header(header.entries, header.metadata, dataStart);
    } catch (JsonProcessingException e) {
      throw Header.damaged(source, "its header is not such JSON: " + e.getOriginalMessage());
    }
  }

  private void readAll() throws IOException {
    expect(JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (name.equals(Header.METADATA)) {
        readMetadata();
      } else {
        entries.add(readEntry(name));
      }
    }
    if (parser.nextToken() != null) {
      throw Header.damaged(source, "text follows the header's JSON");
    }
    entries.sort(Header.byPosition());
  }

  private void readMetadata() throws IOException {
    expect(JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String key = parser.currentName();
      expect(JsonToken.VALUE_STRING);
      metadata.put(key, parser.getText());
    }
  }

  private Header.Entry readEntry(String name) throws IOException {
    Dtype dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    expect(JsonToken.START_OBJECT);
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      switch (parser.currentName()) {
        case "dtype" -> dtype = readDtype(name);
        case "shape" -> shape = readLongs();
        case "data_offsets" -> offsets = readLongs();
        default ->
          throw Header.damaged(
              source, "tensor " + name + " has an unknown entry " + parser.currentName());
      }
    }
    if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
      throw Header.damaged(source, "tensor " + name + " lacks dtype, shape or two data_offsets");
    }
    return new Header.Entry(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  private Dtype readDtype(String tensor) throws IOException {
    expect(JsonToken.VALUE_STRING);
    String dtype = parser.getText();
    return Dtype.named(dtype)
        .orElseThrow(() -> new InvalidInputException(source + ": tensor " + tensor + " has dtype "
            + dtype + "; Lapidary reads " + List.of(Dtype.values()) + ", convert it first"));
  }

  private List<Long> readLongs() throws IOException {
    expect(JsonToken.START_ARRAY);
    List<Long> longs = new ArrayList<>();
    while (parser.nextToken() == JsonToken.VALUE_NUMBER_INT) {
      longs.add(parser.getLongValue());
    }
    requireToken(parser.currentToken(), JsonToken.END_ARRAY);
    return longs;
  }

  private void expect(JsonToken wanted) throws IOException {
    requireToken(parser.nextToken(), wanted);
  }

  private void requireToken(@Nullable JsonToken found, JsonToken wanted) {
    if (found != wanted) {
      throw Header.damaged(source, "its header has " + found + " where " + wanted + " belongs");
    }
  }
}
