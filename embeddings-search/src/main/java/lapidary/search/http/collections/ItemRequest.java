package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.SearchService;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Form;
import lapidary.search.http.route.Json;
import lapidary.search.store.Item;

/**
 * An item as it was sent. JSON: {@code vector}, with {@code label} and {@code attributes}. Form: {@code image}, with
 * {@code label} and {@code attributes} (a JSON object) as text. Immutable.
 *
 * @param item the item
 * @param source where its vector comes from
 */
record ItemRequest(Item item, Source source) {
  private static final List<String> FORM_FIELDS = List.of("image", "label", "attributes");

  /** Where an item's vector comes from. */
  @FunctionalInterface
  interface Source {
    void put(SearchService service, String collection, Item item);
  }

  static ItemRequest read(String id, Body body) {
    if (body.isJson()) {
      return ofJson(id, Json.object(body.bytes().content(), "the body", VectorItem.FIELDS));
    }
    if (body.isMultipart()) {
      return ofForm(id, Form.read(body, FORM_FIELDS));
    }
    throw Body.unsupported(body);
  }

  void put(SearchService service, String collection) {
    source.put(service, collection, item);
  }

  private static ItemRequest ofJson(String id, JsonNode node) {
    VectorItem read = VectorItem.of(id, node);
    return new ItemRequest(
        read.item(), (service, collection, item) -> service.put(collection, item, read.vector()));
  }

  private static ItemRequest ofForm(String id, Form form) {
    byte[] image = form.picture("image", "the image")
        .orElseThrow(() ->
            new InvalidInputException("the form has no field image; send the item's image in it"));
    Optional<JsonNode> attributes = form.text("attributes")
        .map(text -> Json.parse(text.getBytes(StandardCharsets.UTF_8), "attributes"));
    return new ItemRequest(
        new Item(id, form.text("label").orElse(""), Values.attributes(attributes)),
        (service, collection, item) -> service.putImage(collection, item, image, "the image"));
  }
}
