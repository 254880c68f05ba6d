package lapidary.search.http.route;

import java.util.Map;

/**
 * What work gave: a status, a media type and content of it, which is not copied. Immutable as long as nobody changes the content.
 *
 * @param status the HTTP status
 * @param mediaType of the content; empty if there is none
 * @param content what is sent
 * @param headers further ones
 */
public record Answer(
    int status, String mediaType, Body.Bytes content, Map<String, String> headers) {
  /** Copies the headers. */
  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer of(String mediaType, byte[] content) {
    return of(200, mediaType, content);
  }

  public static Answer of(int status, String mediaType, byte[] content) {
    return new Answer(status, mediaType, new Body.Bytes(content), Map.of());
  }

  /** A status and nothing else. */
  public static Answer of(int status) {
    return of(status, "", new byte[0]);
  }

  /** The same with a further header. */
  public Answer with(String name, String value) {
    return new Answer(status, mediaType, content, Map.of(name, value));
  }

  int length() {
    return content.content().length;
  }
}
