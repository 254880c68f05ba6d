package lapidary.search.http.access;

import io.javalin.http.Header;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import lapidary.search.access.Access;
import lapidary.search.access.Holder;
import lapidary.search.access.Role;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Route;
import org.jspecify.annotations.Nullable;

/** The row of the table that tells who asks what they may do, so that a page offers nothing that is refused. Thread-safe. */
public final class AccessRoutes {
  private final Access access;

  /** @param access whom the server lets in */
  public AccessRoutes(Access access) {
    this.access = access;
  }

  /** Answers by the names of their schemas. */
  public static Map<String, Class<? extends Record>> answers() {
    return Map.of("Asker", Asker.class);
  }

  /** All of them. */
  public List<Route> all() {
    return List.of(Route.get("/v1/access", this::asker));
  }

  private void asker(Exchange exchange) {
    Optional<Holder> holder = Guard.holder(access, exchange.sent(Header.AUTHORIZATION));
    exchange.answer(new Asker(
        access.tokens().isPresent(),
        holder.map(Holder::name).orElse(null),
        // Where no token is wanted everybody may do everything.
        holder.map(Holder::role).orElse(Role.ADMIN).name().toLowerCase(Locale.ROOT)));
  }

  /**
   * Who asks.
   *
   * @param token whether the server wants a token
   * @param name what the token's holder is called; absent if none is wanted
   * @param role what they may do: read, write or admin, each with what those before it may
   */
  record Asker(boolean token, @Nullable String name, String role) {}
}
