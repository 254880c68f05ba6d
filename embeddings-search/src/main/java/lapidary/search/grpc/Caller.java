package lapidary.search.grpc;

import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import java.net.InetSocketAddress;
import java.util.Optional;
import lapidary.search.access.Access;
import lapidary.search.access.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Who calls.
 *
 * @param holder as the token tells; empty if there is none that is known, or none is wanted
 * @param address where the call came from
 */
record Caller(Optional<Holder> holder, String address) {
  static final Context.Key<Caller> KEY = Context.key("lapidary-caller");

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";

  static Caller of(ServerCall<?, ?> call, Metadata headers, Access access) {
    Optional<Holder> holder =
        access.tokens().flatMap(tokens -> sent(headers).flatMap(tokens::holder));
    return new Caller(holder, address(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR)));
  }

  private static Optional<String> sent(Metadata headers) {
    return Optional.ofNullable(headers.get(AUTHORIZATION))
        .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .map(header -> header.substring(SCHEME.length()).strip());
  }

  private static String address(@Nullable Object remote) {
    return remote instanceof InetSocketAddress socket && socket.getAddress() != null
        ? socket.getAddress().getHostAddress()
        : "";
  }
}
