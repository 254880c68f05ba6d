package lapidary.search.http.collections;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.SearchService;
import lapidary.search.http.route.Exchange;
import lapidary.search.http.route.Json;
import lapidary.search.store.Filter;
import lapidary.search.store.Item;
import lapidary.search.store.PageStart;

/**
 * A page of items, as it was asked for: {@code cursor} of the page before or {@code from}, {@code limit} and {@code filter}. Immutable.
 *
 * @param start where it begins
 * @param limit items at most
 * @param filter which items are wanted
 */
record PageRequest(PageStart start, int limit, Filter filter) {
  /** The longest answer, as far as one item is not longer alone. */
  static final int MAX_BYTES = 1 << 20;

  private static final int USUAL = 100;
  private static final int MOST = 1_000;

  static PageRequest read(Exchange exchange) {
    Filter filter = exchange.query("filter").map(FilterReader::ofText).orElse(Filter.everything());
    return new PageRequest(start(exchange), exchange.number("limit", USUAL, MOST), filter);
  }

  private static PageStart start(Exchange exchange) {
    Optional<String> cursor = exchange.query("cursor");
    if (cursor.isPresent() && exchange.query("from").isPresent()) {
      throw new InvalidInputException("cursor and from both say where to begin; give one of them");
    }
    return cursor
        .filter(text -> !text.isEmpty())
        .map(PageStart::after)
        .orElseGet(() -> PageStart.leavingOut(exchange.number("from", 0, Integer.MAX_VALUE)));
  }

  ItemAnswers.Items run(SearchService service, String collection) {
    Page page = new Page();
    Optional<String> next =
        service.read(collection, snapshot -> snapshot.page(start, filter, page::take));
    return new ItemAnswers.Items(List.copyOf(page.items), next.orElse(null));
  }

  /** What has been taken so far. */
  private final class Page {
    private final List<ItemAnswers.Item> items = new ArrayList<>();
    private long bytes;

    boolean take(Item item) {
      ItemAnswers.Item answer = ItemAnswers.Item.of(item);
      // With the comma behind it.
      bytes += Json.bytes(answer).length + 1;
      if (items.size() == limit || (bytes > MAX_BYTES && !items.isEmpty())) {
        return false;
      }
      items.add(answer);
      return true;
    }
  }
}
