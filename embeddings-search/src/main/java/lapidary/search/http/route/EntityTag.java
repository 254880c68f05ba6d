package lapidary.search.http.route;

import java.util.Optional;
import java.util.stream.Stream;
import lapidary.models.Sha256;

/**
 * What tells a version of some content from others (RFC 9110, §8.8.3).
 *
 * @param text in quotes, as the header has it
 */
public record EntityTag(String text) {
  /** The header it is sent in. */
  public static final String HEADER = "ETag";

  private static final int DIGITS = 32;

  /** Half of the SHA-256 of the content. */
  public static EntityTag of(byte[] content) {
    return new EntityTag('"' + Sha256.of(content).substring(0, DIGITS) + '"');
  }

  /** Whether a client has this version, by what it sent as {@code If-None-Match}. */
  public boolean isAmong(Optional<String> sent) {
    return sent.stream()
        .flatMap(list -> Stream.of(list.split(",", -1)))
        .map(tag -> tag.strip().replaceFirst("^W/", ""))
        .anyMatch(tag -> tag.equals(text) || tag.equals("*"));
  }
}
