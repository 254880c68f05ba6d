package lapidary.search;

import java.util.ArrayList;
import java.util.List;
import lapidary.search.pca.FiniteVector;

/** Puts one hit in the place of all that are nearly the same, and leaves out those of earlier pages. Stateless. */
final class Folding {
  private Folding() {}

  /** A hit, its vector and what was folded into it. */
  private record Group(Hit best, Unit unit, List<String> others) {
    Group(Hit best, Unit unit) {
      this(best, unit, new ArrayList<>());
    }

    Hit hit() {
      return best.folding(others);
    }
  }

  /** A vector that is not copied, since it stays here. */
  private static final class Unit {
    private final float[] values;

    Unit(float[] values) {
      this.values = values;
    }

    boolean isNear(Unit other, float cosine) {
      return FiniteVector.dot(values, other.values) >= cosine;
    }
  }

  /** The hits that the options of a search ask for. */
  static List<Hit> search(Query query, Search search) {
    SearchOptions options = search.options();
    int wanted = (int) Math.min(Integer.MAX_VALUE, (long) options.offset() + options.k());
    int asked = wanted;
    while (true) {
      List<Hit> found = query.answer(search.of(asked));
      List<Hit> hits = options.variety().folds() ? folded(found, search) : found;
      if (hits.size() >= wanted || found.size() < asked || asked >= SearchOptions.MOST) {
        return hits.stream().skip(options.offset()).limit(options.k()).toList();
      }
      asked = Math.min(SearchOptions.MOST, 2 * asked);
    }
  }

  private static List<Hit> folded(List<Hit> hits, Search search) {
    float cosine = search.options().variety().fold();
    List<Group> groups = new ArrayList<>();
    for (Hit hit : hits) {
      Unit unit = new Unit(search.vector(hit.id()));
      groups.stream()
          .filter(group -> group.unit().isNear(unit, cosine))
          .findFirst()
          .ifPresentOrElse(
              group -> group.others().add(hit.id()), () -> groups.add(new Group(hit, unit)));
    }
    return groups.stream().map(Group::hit).toList();
  }
}
