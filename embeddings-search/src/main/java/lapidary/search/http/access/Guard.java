package lapidary.search.http.access;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import lapidary.search.access.Access;
import lapidary.search.access.Holder;
import lapidary.search.access.Role;
import lapidary.search.http.route.HttpProblem;

/**
 * Lets requests in, or turns them away before anything of them is read. Where there are tokens a request carries one that may do what
 * its route does. Where there are none, pages of other sites may not make a browser send what changes something or costs work.
 * Thread-safe.
 */
public final class Guard {
  private static final String SCHEME = "Bearer ";
  private static final String FORWARDED_HOST = "X-Forwarded-Host";

  /** Methods that a page may have a browser send anyhow, which change nothing. */
  private static final Set<HandlerType> SAFE =
      Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

  private final Access access;

  public Guard(Access access) {
    this.access = access;
  }

  /** What holds whatever is asked for. */
  public void requireOwnNameAndPage(Context context) {
    if (access instanceof Access.Loopback && !LocalName.is(context.header(Header.HOST))) {
      throw new HttpProblem(
          403, "this server answers this machine only; call it localhost, 127.0.0.1 or [::1]");
    }
    // A foreign page does not know the token, nor may it send one.
    if (access.tokens().isEmpty() && !SAFE.contains(context.method()) && isForeign(context)) {
      throw new HttpProblem(
          403, "a page of another site may not send this; open this server's own page");
    }
  }

  /** Who sent a request, as its token tells; empty if it has none that is known, or none is wanted. */
  public Optional<Holder> holder(Context context) {
    return holder(access, Optional.ofNullable(context.header(Header.AUTHORIZATION)));
  }

  /** The same of a header that says so. */
  static Optional<Holder> holder(Access access, Optional<String> authorization) {
    return access.tokens().flatMap(tokens -> token(authorization).flatMap(tokens::holder));
  }

  /** What a route's request has to carry. */
  public void requireRole(Optional<Holder> holder, Optional<Role> wanted) {
    if (access.tokens().isEmpty() || wanted.isEmpty()) {
      return;
    }
    Role has = holder.orElseThrow(Guard::unknown).role();
    if (!has.covers(wanted.get())) {
      throw new HttpProblem(
          403,
          "this token may " + has.described() + ", and this needs one that may "
              + wanted.get().described());
    }
  }

  private static Optional<String> token(Optional<String> authorization) {
    return authorization
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  private static HttpProblem unknown() {
    return new HttpProblem(
        401,
        "this server wants a token; send the header Authorization: Bearer TOKEN",
        Map.of(Header.WWW_AUTHENTICATE, "Bearer"));
  }

  private static boolean isForeign(Context context) {
    CallingPage page = CallingPage.of(
        context.header(Header.ORIGIN),
        context.header(Header.REFERER),
        context.header("Sec-Fetch-Site"));
    return page.isForeign(Stream.of(Header.HOST, FORWARDED_HOST)
        .flatMap(name -> Stream.ofNullable(context.header(name))));
  }
}
