package lapidary.search.access;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/** Tells who has a token. Thread-safe. */
public interface Tokens {
  /**
   * Who has the token that was sent. It takes as long for one that is known as for any other of its length.
   *
   * @return empty if nobody has it
   */
  Optional<Holder> holder(String sent);

  /**
   * A single token, whose holder may do everything.
   *
   * @throws InvalidInputException if it has fewer than 16 characters, or some that a header cannot have
   */
  static Tokens single(String token) {
    return new TokenList(
        List.of(new TokenList.Row(Secret.of(token), new Holder("token", Role.ADMIN))));
  }

  /**
   * The tokens of a file, a line for each: role ({@code read}, {@code write} or {@code admin}), name and token, with spaces between.
   * Empty lines and those that begin with {@code #} are passed over. A file that has changed is read again within a second, so that
   * tokens come and go without a restart; while it cannot be read or has a faulty line the tokens before stay, which is logged.
   *
   * @throws InvalidInputException if it cannot be read now, or a line is faulty: the message has its number and not the token
   */
  static Tokens of(Path file) {
    return new TokenFile(file);
  }
}
