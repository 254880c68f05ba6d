package lapidary.search;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.FiniteVector;
import lapidary.search.store.Match;
import lapidary.search.store.Snapshot;
import lapidary.search.store.Wanted;

/**
 * One search of one snapshot.
 *
 * @param snapshot what is searched, open as long as this is used
 * @param spec of the collection
 * @param options what is wanted
 */
record Search(Snapshot snapshot, CollectionSpec spec, SearchOptions options) {
  /** Of reciprocal rank fusion: how little the first ranks stand out. */
  private static final int RANK_OFFSET = 60;
  /** Of each list that is fused. */
  private static final int FUSED = 100;

  /** The same search for more hits of any score, to be fused with others. */
  Search wider() {
    int k = (int) Math.min(Integer.MAX_VALUE, Math.max(FUSED, 2L * options.k()));
    return new Search(snapshot, spec, options.withoutMinimum().withK(k));
  }

  /** The same search for another number of hits. */
  Search of(int hits) {
    return new Search(snapshot, spec, options.withK(hits));
  }

  /** A vector of the model as it is compared. */
  float[] reduced(float[] vector) {
    return spec.reduce(vector, "the query vector");
  }

  /** The direction that likes and dislikes give, [dimensions]. */
  float[] taste(List<Example> likes, List<Example> dislikes) {
    if (likes.size() == 1 && dislikes.isEmpty()) {
      return likes.get(0).in(this);
    }
    double[] sum = new double[spec.dimensions()];
    likes.forEach(like -> add(sum, like.in(this), 2. / likes.size()));
    dislikes.forEach(dislike -> add(sum, dislike.in(this), -1. / dislikes.size()));
    float[] direction = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      direction[i] = (float) sum[i];
    }
    return FiniteVector.unit(direction);
  }

  private static void add(double[] sum, float[] vector, double weight) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += weight * vector[i];
    }
  }

  /** The vector of an item, [dimensions]. */
  float[] vector(String id) {
    return snapshot
        .vector(id)
        .orElseThrow(() -> new InvalidInputException("collection " + spec.name() + " has no item \""
            + id + "\"; give the id of one it has"));
  }

  /** The items nearest to a unit vector but for some. */
  List<Hit> near(float[] unit, Set<String> without) {
    int candidates =
        (int) Math.min(Integer.MAX_VALUE, (long) options.candidates() + without.size());
    Wanted wanted = new Wanted(candidates, options.filter(), options.minimum(), options.method());
    List<Match> matches = snapshot.nearest(unit, wanted).stream()
        .filter(match -> !without.contains(match.item().id()))
        .limit(options.candidates())
        .toList();
    return (options.diversity() == 0 ? matches : diverse(matches))
        .stream().map(Search::cosine).toList();
  }

  private List<Match> diverse(List<Match> matches) {
    float[] scores = new float[matches.size()];
    float[][] vectors = new float[scores.length][];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = matches.get(i).score();
      vectors[i] = vector(matches.get(i).item().id());
    }
    return IntStream.of(Diversity.pick(scores, vectors, options))
        .mapToObj(matches::get)
        .toList();
  }

  private static Hit cosine(Match match) {
    return Hit.of(match.item(), Math.max(-1, Math.min(1, match.score())));
  }

  /** The items that have the words of a text. */
  List<Hit> worded(String text) {
    return snapshot.worded(text, options.k(), options.filter()).stream()
        .filter(match -> match.score() >= options.minimum())
        .map(match -> Hit.of(match.item(), match.score()))
        .toList();
  }

  /** The items that stand high in several lists, but for some. */
  List<Hit> fused(List<List<Hit>> lists, Set<String> without) {
    Map<String, Double> scores = new LinkedHashMap<>();
    Map<String, Hit> hits = new LinkedHashMap<>();
    for (List<Hit> list : lists) {
      for (int i = 0; i < list.size(); i++) {
        Hit hit = list.get(i);
        hits.putIfAbsent(hit.id(), hit);
        scores.merge(hit.id(), 1. / (RANK_OFFSET + i + 1), Double::sum);
      }
    }
    return hits.values().stream()
        .filter(hit -> !without.contains(hit.id()))
        .map(hit -> hit.scored(scores.getOrDefault(hit.id(), 0.).floatValue()))
        .filter(hit -> hit.score() >= options.minimum())
        .sorted(Comparator.comparing(Hit::score).reversed())
        .limit(options.k())
        .toList();
  }
}
