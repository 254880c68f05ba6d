package lapidary.search.http.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AnswerSchemasTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Shelf(
      String name,
      long rawBytes,
      double share,
      boolean full,
      List<Book> books,
      @Nullable Owner owner) {}

  private record Book(
      Map<String, String> attributes,
      List<Float> at,
      @Nullable Integer year) {}

  private record Owner(@Nullable String name) {}

  private static ObjectNode completed(String written) throws Exception {
    ObjectNode schemas = (ObjectNode) JSON.readTree(written);
    new AnswerSchemas(Map.of("Shelf", Shelf.class, "Volume", Book.class)).addTo(schemas);
    return schemas;
  }

  /** Written by hand, after the records above. */
  @Test
  void aRecordIsItsSchema() throws Exception {
    assertThat(completed("{}")).isEqualTo(JSON.readTree("""
                {"Shelf": {"type": "object", "required": ["name", "raw_bytes", "share", "full", "books"],
                   "properties": {
                     "name": {"type": "string"},
                     "raw_bytes": {"type": "integer"},
                     "share": {"type": "number"},
                     "full": {"type": "boolean"},
                     "books": {"type": "array", "items": {"$ref": "#/components/schemas/Volume"}},
                     "owner": {"type": "object", "properties": {"name": {"type": "string"}}}}},
                 "Volume": {"type": "object", "required": ["attributes", "at"],
                   "properties": {
                     "attributes": {"type": "object", "additionalProperties": {"type": "string"}},
                     "at": {"type": "array", "items": {"type": "number"}},
                     "year": {"type": "integer"}}}}
                """));
  }

  @Test
  void aResourceAddsWordsBoundsAndReferences() throws Exception {
    ObjectNode schemas = completed("""
        {"Other": {"type": "string"},
         "Volume": {"description": "a book", "properties": {
            "at": {"minItems": 3},
            "attributes": {"$ref": "#/components/schemas/Other"}}}}
        """);
    assertThat(schemas.at("/Volume/description").asText()).isEqualTo("a book");
    assertThat(schemas.at("/Volume/properties/at").toString())
        .isEqualTo("{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":3}");
    assertThat(schemas.at("/Volume/properties/attributes").toString())
        .isEqualTo("{\"$ref\":\"#/components/schemas/Other\"}");
    assertThat(schemas.at("/Other/type").asText()).isEqualTo("string");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{'properties': {'pages': {'type': 'integer'}}} | Volume.properties.pages",
        "{'properties': {'year': {'type': 'string'}}} | Volume.properties.year.type",
        "{'required': ['at', 'year']} | Volume.required",
        "{'properties': {'at': {'items': {'type': 'string'}}}} | Volume.properties.at.items.type"
      })
  void whatARecordDoesNotSayIsRefused(String written, String place) {
    String json = "{\"Volume\": " + written.replace('\'', '"') + "}";
    assertThatThrownBy(() -> completed(json))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(place + " is documented as")
        .hasMessageContaining("change one of them");
  }
}
