package lapidary.search.http;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Set;
import lapidary.models.Sha256;

/** Lets requests in that carry the token. Compared by digest and in constant time, so that timing tells nothing. Thread-safe. */
final class BearerToken {
  private static final String SCHEME = "Bearer ";

  private final byte[] digest;
  private final Set<String> open;

  /** @param open paths that are answered without the token */
  BearerToken(String secret, Set<String> open) {
    this.digest = digest(secret);
    this.open = Set.copyOf(open);
  }

  void require(Context context) {
    if (open.contains(context.path())) {
      return;
    }
    String header = context.header(Header.AUTHORIZATION);
    boolean known = header != null
        && header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && MessageDigest.isEqual(
            digest, digest(header.substring(SCHEME.length()).strip()));
    if (!known) {
      throw new HttpProblem(
          401,
          "this server wants a token; send the header Authorization: Bearer TOKEN",
          Map.of(Header.WWW_AUTHENTICATE, "Bearer"));
    }
  }

  private static byte[] digest(String secret) {
    return Sha256.digest().digest(secret.getBytes(StandardCharsets.UTF_8));
  }
}
