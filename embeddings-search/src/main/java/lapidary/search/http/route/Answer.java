package lapidary.search.http.route;

/**
 * What work gave: a status, a media type and content of it, which is not copied. Immutable as long as nobody changes the content.
 *
 * @param status the HTTP status
 * @param mediaType of the content; empty if there is none
 * @param content what is sent
 */
public record Answer(int status, String mediaType, Body.Bytes content) {
  public static Answer of(String mediaType, byte[] content) {
    return new Answer(200, mediaType, new Body.Bytes(content));
  }

  /** A status and nothing else. */
  public static Answer of(int status) {
    return new Answer(status, "", new Body.Bytes(new byte[0]));
  }

  int length() {
    return content.content().length;
  }
}
