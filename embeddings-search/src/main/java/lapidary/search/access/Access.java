package lapidary.search.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/** Whom to let in. */
public sealed interface Access {
  /** Who has which token; empty if none is wanted. */
  Optional<Tokens> tokens();

  /**
   * Refuses to let other machines in without a word about whom.
   *
   * @param host the name or address that is to be listened at
   * @throws InvalidInputException if it is unknown, or reached from other machines and only this one is to be let in
   */
  default void requireFor(String host) {
    if (!isLoopback(host) && this instanceof Loopback) {
      throw new InvalidInputException(
          "listening at " + host
              + " lets other machines in; give a bearer token, or say that no authentication is wanted");
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
