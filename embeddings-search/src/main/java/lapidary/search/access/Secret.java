package lapidary.search.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import lapidary.models.InvalidInputException;
import lapidary.models.Sha256;

/** A token, kept as its digest: nothing prints it. Compared in constant time. Immutable, thread-safe. */
final class Secret {
  private static final int SHORTEST = 16;

  private final byte[] digest;

  private Secret(byte[] digest) {
    this.digest = digest;
  }

  /**
   * A token that lets somebody in.
   *
   * @throws InvalidInputException if it can be guessed or cannot stand in a header; the message does not have it
   */
  static Secret of(String token) {
    if (token.length() < SHORTEST || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
      throw new InvalidInputException("the bearer token is too short or has odd characters; give"
          + " at least " + SHORTEST + " letters and digits");
    }
    return sent(token);
  }

  /** What somebody has sent, whatever it is. */
  static Secret sent(String text) {
    return new Secret(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  boolean same(Secret other) {
    return MessageDigest.isEqual(digest, other.digest);
  }
}
