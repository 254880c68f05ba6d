package lapidary.search.space;

import java.util.function.Function;
import lapidary.search.store.Population;

/** What has a population, a later one at each moment. Thread-safe. */
public interface Populated {
  /**
   * What the population of this moment answers.
   *
   * @param reader asks what it is given, which is there until the return
   */
  <T> T read(Function<Population, T> reader);
}
