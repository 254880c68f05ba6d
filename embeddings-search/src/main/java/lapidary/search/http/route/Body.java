package lapidary.search.http.route;

import java.util.Locale;
import lapidary.models.InvalidInputException;
import lapidary.models.PictureSize;

/**
 * A request's body, whole and unpacked, never longer than the limit. Immutable as long as nobody changes the bytes.
 *
 * @param type the media type with its parameters, as it was sent
 * @param bytes the content
 * @param pixels the largest picture that may be in it
 */
public record Body(String type, Bytes bytes, int pixels) {
  /** Bytes that are not copied: they go from one writer to one reader. */
  public static final class Bytes {
    private final byte[] content;

    Bytes(byte[] content) {
      this.content = content;
    }

    public byte[] content() {
      return content;
    }
  }

  public boolean isJson() {
    return isJson(type);
  }

  /** Whether each line is JSON of its own. */
  public boolean isNdjson() {
    return mediaType(type).equals("application/x-ndjson");
  }

  public boolean isMultipart() {
    return mediaType(type).equals("multipart/form-data");
  }

  public boolean isImage() {
    return mediaType(type).startsWith("image/");
  }

  static boolean isJson(String type) {
    return mediaType(type).equals("application/json");
  }

  static boolean isBytes(String type) {
    return mediaType(type).equals("application/octet-stream");
  }

  private static String mediaType(String type) {
    return type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /**
   * Gives back a picture file that is small enough to be decoded here.
   *
   * @throws InvalidInputException if it is not a picture
   * @throws HttpProblem if it has too many pixels
   */
  public byte[] requireDecodable(byte[] picture, String name) {
    PictureSize size = PictureSize.of(picture, name);
    if (size.pixels() > pixels) {
      throw new HttpProblem(
          413,
          name + " has " + size + " pixels, more than the " + pixels
              + " that this server takes; make it smaller first");
    }
    return picture;
  }

  /** Refuses a body of a type that a route does not take. */
  public static HttpProblem unsupported(Body body) {
    return unsupported(body, "application/json or multipart/form-data");
  }

  /**
   * Refuses a body of a type that a route does not take.
   *
   * @param taken what to send instead
   */
  public static HttpProblem unsupported(Body body, String taken) {
    String found =
        body.type().isEmpty() ? "no Content-Type" : "Content-Type " + mediaType(body.type());
    return new HttpProblem(415, found + " is not taken here; send " + taken);
  }
}
