package lapidary.search;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lapidary.search.store.Edit;
import lapidary.search.store.Entry;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import lapidary.search.store.VectorStore;

/**
 * Changes of a collection that are made together: {@link #commit} makes all of them durable and visible, or none. A thousand items cost one
 * commit, as a single one does. Not thread-safe; the collection may be changed by others meanwhile.
 */
public final class Batch {
  private final CollectionSpec spec;
  private final VectorStore store;
  private final List<Edit> edits = new ArrayList<>();

  Batch(CollectionSpec spec, VectorStore store) {
    this.spec = spec;
    this.store = store;
  }

  /**
   * What a commit came to.
   *
   * @param put items that were added or replaced
   * @param removed items that were there and are not any more
   */
  public record Outcome(int put, int removed) {
    /** Both together. */
    public Outcome and(Outcome other) {
      return new Outcome(put + other.put, removed + other.removed);
    }
  }

  /**
   * Adds or replaces an item; of those with one id the last one stays.
   *
   * @param vector as the model gives it, [width]
   * @throws lapidary.models.InvalidInputException if the vector has another width or a value that is not a finite number
   */
  public void put(Item item, float[] vector) {
    float[] unit = spec.reduce(vector, "the vector of item " + item.id());
    edits.add(new Edit.Put(new Entry(item, unit, Thumbnail.none())));
  }

  /**
   * Removes an item, if it is there then.
   *
   * @throws lapidary.models.InvalidInputException if no item can have that id
   */
  public void remove(String id) {
    edits.add(new Edit.Remove(new Item(id, "", Map.of()).id()));
  }

  /** How many changes there are. */
  public int size() {
    return edits.size();
  }

  /**
   * Makes the changes, and forgets them.
   *
   * @throws lapidary.models.InvalidInputException if they cannot be written; then none was made
   * @throws lapidary.models.EnvironmentException the same, and the machine is to blame
   */
  public Outcome commit() {
    if (edits.isEmpty()) {
      return new Outcome(0, 0);
    }
    Edit.Made made = store.apply(List.copyOf(edits));
    store.commit(made.changes());
    edits.clear();
    return new Outcome(made.put(), made.removed());
  }
}
