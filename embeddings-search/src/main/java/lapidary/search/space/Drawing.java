package lapidary.search.space;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import lapidary.search.store.Item;
import lapidary.search.store.Population;

/** What is drawn of one population: its space by a method, and what its points are. Thread-safe; owns nothing. */
public final class Drawing {
  /** Names of attributes to colour by. */
  private static final int MOST_ATTRIBUTES = 256;

  private final Spaces spaces;
  private final String name;
  private final Populated populated;

  Drawing(Spaces spaces, String name, Populated populated) {
    this.spaces = spaces;
    this.name = name;
    this.populated = populated;
  }

  /**
   * An item of a space.
   *
   * @param index its index there
   * @param item what it is
   */
  public record Placed(int index, Item item) {}

  /** Items that there are now. */
  public int count() {
    return populated.read(Population::count);
  }

  /** Names of attributes that items may be coloured by. */
  public List<String> attributes() {
    return populated.read(population -> population.attributes(MOST_ATTRIBUTES));
  }

  /**
   * The space of the items of this moment; it begins to be computed if it is not there.
   *
   * @param patience how long to wait for it
   * @return empty if it takes longer
   * @throws lapidary.models.InvalidInputException if the method cannot place these items
   */
  public Optional<Space> space(Method method, Duration patience) {
    CompletableFuture<Space> space = spaces.now(name, method, populated);
    try {
      return Optional.of(space.get(patience.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException own ? own : new IllegalStateException(e);
    }
  }

  /** How far the space that is being computed is, 0 to 1, as far as its method tells; empty if none is. */
  public OptionalDouble progress(Method method) {
    return spaces.progress(name, method);
  }

  /** The space of a version; empty if it is not kept any more. */
  public Optional<Space> find(Method method, String version) {
    return spaces.find(name, method, version);
  }

  /** See {@link Space#colouring}. */
  public Colouring colouring(Space space, Optional<String> attribute) {
    return populated.read(population -> space.colouring(attribute, population));
  }

  /** The items of indices, in their order; those that were replaced or removed since are left out, as are indices that there are not. */
  public List<Placed> items(Space space, List<Integer> indices) {
    return populated.read(population -> {
      List<Placed> placed = new ArrayList<>();
      for (int index : indices) {
        if (index >= 0 && index < space.count()) {
          population
              .item(space.number(index))
              .ifPresent(item -> placed.add(new Placed(index, item)));
        }
      }
      return List.copyOf(placed);
    });
  }

  /** The items from an index on, {@code limit} at most, less those that were replaced or removed since. */
  public List<Placed> items(Space space, int from, int limit) {
    int end = (int) Math.min(space.count(), (long) from + limit);
    return items(space, IntStream.range(from, end).boxed().toList());
  }

  /** The items of ids, in their order; those that are not in the space are left out. */
  public List<Placed> find(Space space, List<String> ids) {
    return populated.read(population -> {
      List<Placed> placed = new ArrayList<>();
      for (String id : ids) {
        OptionalInt index = population.number(id).isPresent()
            ? space.index(population.number(id).getAsLong())
            : OptionalInt.empty();
        index.ifPresent(
            at -> placed.add(new Placed(at, population.item(space.number(at)).orElseThrow())));
      }
      return List.copyOf(placed);
    });
  }
}
