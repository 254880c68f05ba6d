package lapidary.search.http.predict;

import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.Form;

/** A picture as it was sent: the whole body, or the field {@code image} of a form beside the field {@code k}. Immutable. */
final class SentPicture {
  /** What an error calls it. */
  static final String NAME = "the image";

  private static final List<String> FIELDS = List.of("image", "k");

  private final byte[] bytes;
  private final Optional<String> top;

  private SentPicture(byte[] bytes, Optional<String> top) {
    this.bytes = bytes;
    this.top = top;
  }

  static SentPicture read(Body body) {
    if (body.isImage()) {
      return new SentPicture(body.requireDecodable(body.bytes().content(), NAME), Optional.empty());
    }
    if (!body.isMultipart()) {
      throw Body.unsupported(body, "an image, or multipart/form-data with one");
    }
    Form form = Form.read(body, FIELDS);
    byte[] image = form.picture("image", NAME)
        .orElseThrow(() ->
            new InvalidInputException("the form has no field image; send the image file in it"));
    return new SentPicture(image, form.text("k"));
  }

  /** The encoded picture, not copied: it has this reader only. */
  byte[] bytes() {
    return bytes;
  }

  /** How many answers are asked for, as it was sent. */
  Optional<String> top() {
    return top;
  }
}
