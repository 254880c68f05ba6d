package lapidary.search.http.document;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.search.http.route.Route;

/**
 * What generated clients call a route: its method and the words of its path, of one where a part of the path says which.
 * {@code GET /v1/collections/{collection}/items} is {@code getCollectionItems}. Stateless.
 */
final class OperationName {
  private OperationName() {}

  static String of(Route route) {
    String[] parts = Arrays.stream(route.path().split("/"))
        .filter(part -> !part.isEmpty() && !part.matches("v\\d+"))
        .toArray(String[]::new);
    return route.method().name().toLowerCase(Locale.ROOT)
        + IntStream.range(0, parts.length)
            .filter(i -> !isParameter(parts[i]))
            .mapToObj(i -> word(parts[i], i + 1 < parts.length && isParameter(parts[i + 1])))
            .collect(Collectors.joining());
  }

  private static boolean isParameter(String part) {
    return part.startsWith("{");
  }

  private static String word(String part, boolean one) {
    String singular = one && part.endsWith("s") ? part.substring(0, part.length() - 1) : part;
    return Arrays.stream(singular.split("\\W+"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining());
  }
}
