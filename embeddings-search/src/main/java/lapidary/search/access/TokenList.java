package lapidary.search.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lapidary.models.InvalidInputException;

/**
 * Tokens that are known.
 *
 * @param rows each token once
 */
record TokenList(List<Row> rows) implements Tokens {
  private static final List<String> ROLES = Arrays.stream(Role.values())
      .map(role -> role.name().toLowerCase(Locale.ROOT))
      .toList();

  TokenList {
    rows = List.copyOf(rows);
  }

  /** A token and who has it. */
  record Row(Secret secret, Holder holder) {}

  /**
   * Reads lines of role, name and token.
   *
   * @param source what to call them in an error
   * @throws InvalidInputException if one is faulty; the message does not have its token
   */
  static TokenList read(List<String> lines, String source) {
    List<Row> rows = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        Row row = row(line, source + ", line " + (i + 1));
        if (!names.add(row.holder().name())) {
          throw new InvalidInputException(source + ", line " + (i + 1)
              + " has a name that is there already; give each token a name of its own");
        }
        rows.add(row);
      }
    }
    return new TokenList(rows);
  }

  private static Row row(String line, String where) {
    String[] parts = line.split("\\s+", -1);
    if (parts.length != 3) {
      throw new InvalidInputException(where + " has " + parts.length
          + " parts, not role, name and token; write it like \"read dashboard TOKEN\"");
    }
    String role = parts[0].toLowerCase(Locale.ROOT);
    if (!ROLES.contains(role)) {
      // Not what stands there: it may be the token, in the wrong place.
      throw new InvalidInputException(
          where + " does not begin with a role; write one of " + String.join(", ", ROLES));
    }
    try {
      return new Row(
          Secret.of(parts[2]), new Holder(parts[1], Role.valueOf(role.toUpperCase(Locale.ROOT))));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(where + ": " + e.getMessage(), e);
    }
  }

  /** Every row is compared, so that the time tells nothing of where a token stands. */
  @Override
  public Optional<Holder> holder(String sent) {
    Secret secret = Secret.sent(sent);
    Optional<Holder> found = Optional.empty();
    for (Row row : rows) {
      boolean same = row.secret().same(secret);
      found = same ? Optional.of(row.holder()) : found;
    }
    return found;
  }
}
