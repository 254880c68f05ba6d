package lapidary.search.grpc;

import lapidary.models.InvalidInputException;
import lapidary.search.access.Access;

/**
 * Where a gRPC server listens, whom it lets in and what it takes. Immutable, thread-safe.
 *
 * @param host the name or address to listen at
 * @param port the port, 0 for any free one
 * @param access whom to let in
 * @param limits what to take
 */
public record GrpcOptions(String host, int port, Access access, GrpcLimits limits) {
  /** Refuses an unknown host, a port out of range, and listening beyond loopback without saying whom to let in. */
  public GrpcOptions {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("port " + port + " is out of range; give 0 to 65535");
    }
    access.requireFor(host);
  }

  /** Loopback only, no token, the usual limits. */
  public static GrpcOptions loopback(int port) {
    return new GrpcOptions("127.0.0.1", port, new Access.Loopback(), GrpcLimits.usual());
  }
}
