package lapidary.search.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.http.access.Tokens;

/**
 * Where a server listens, whom it lets in and what it takes. Immutable, thread-safe.
 *
 * @param host the name or address to listen at
 * @param port the port, 0 for any free one
 * @param access whom to let in
 * @param limits what to take
 */
public record ServerOptions(String host, int port, Access access, Limits limits) {
  /** Refuses an unknown host, a port out of range, and listening beyond loopback without saying whom to let in. */
  public ServerOptions {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException("port " + port + " is out of range; give 0 to 65535");
    }
    if (!isLoopback(host) && access instanceof Access.Loopback) {
      throw new InvalidInputException(
          "listening at " + host
              + " lets other machines in; give a bearer token, or say that no authentication is wanted");
    }
  }

  /** Loopback only, no token, the usual limits. */
  public static ServerOptions loopback(int port) {
    return new ServerOptions("127.0.0.1", port, new Access.Loopback(), Limits.usual());
  }

  /** Whom to let in. */
  public sealed interface Access {
    /** Who has which token; empty if none is wanted. */
    Optional<Tokens> tokens();

    /** Whoever is on this machine; only for a loopback address. */
    record Loopback() implements Access {
      @Override
      public Optional<Tokens> tokens() {
        return Optional.empty();
      }
    }

    /** Everybody, said on purpose. */
    record NoAuth() implements Access {
      @Override
      public Optional<Tokens> tokens() {
        return Optional.empty();
      }
    }

    /**
     * Whoever sends {@code Authorization: Bearer TOKEN} with a token that may do what is asked for.
     *
     * @param known the tokens; nothing prints them
     */
    record Bearer(Tokens known) implements Access {
      /**
       * With one token for everything.
       *
       * @param secret the token, at least 16 characters
       */
      public Bearer(String secret) {
        this(Tokens.single(secret));
      }

      @Override
      public Optional<Tokens> tokens() {
        return Optional.of(known);
      }
    }
  }

  /**
   * What a server takes.
   *
   * @param bodyBytes the longest request body; one of JSON has 4 MiB at most
   * @param workers requests that are worked on at the same time
   * @param waiting further requests that may wait, as far as all bodies fit into a quarter of the heap; more are answered with
   *     status 429
   * @param time the longest that a request may take to arrive, and then again to be worked on
   * @param stopTime the longest that stopping waits for requests in flight
   */
  public record Limits(int bodyBytes, int workers, int waiting, Duration time, Duration stopTime) {
    /** Refuses limits that let nothing through. */
    public Limits {
      if (bodyBytes < 1
          || workers < 1
          || waiting < 0
          || time.toMillis() < 1
          || stopTime.isNegative()) {
        throw new InvalidInputException(
            "limits of " + bodyBytes + " bytes, " + workers + " workers, " + waiting + " waiting, "
                + time + " and " + stopTime + " let nothing through; raise them");
      }
    }

    /** 16 MiB, a worker a processor, 64 waiting, half a minute for a request and for stopping. */
    public static Limits usual() {
      Duration halfMinute = Duration.ofSeconds(30);
      return new Limits(
          16 << 20, Runtime.getRuntime().availableProcessors(), 64, halfMinute, halfMinute);
    }
  }

  private static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      throw new InvalidInputException(
          "host " + host + " is unknown; give a name or address of this machine", e);
    }
  }
}
