package lapidary.search.projector;

import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;

/**
 * Labelled items with their small pictures. Immutable.
 *
 * @param title what they are, such as {@code photos by resnet18}
 * @param items what is known of each
 * @param thumbnails one an item; where one is absent no pictures are shown
 */
public record Gallery(String title, List<Item> items, List<Thumbnail> thumbnails) {
  /** Copies the lists; refuses other numbers of pictures than items, and no items. */
  public Gallery {
    items = List.copyOf(items);
    thumbnails = List.copyOf(thumbnails);
    if (items.size() != thumbnails.size() || items.isEmpty()) {
      throw new InvalidInputException(items.size() + " items have " + thumbnails.size()
          + " pictures; give one each, at least one");
    }
  }

  boolean isPictured() {
    return thumbnails.stream().allMatch(Thumbnail::isPresent);
  }
}
