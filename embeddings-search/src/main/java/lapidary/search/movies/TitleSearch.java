package lapidary.search.movies;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds films as somebody types: each word that is typed fits some word of a title, or is its year; see {@link Spelling}. The best fit
 * comes first; of equal fits the shorter title, then the more often rated film. Each distinct word is compared once, however many
 * titles have it. Immutable, thread-safe.
 */
final class TitleSearch {
  private static final Set<String> ARTICLES =
      Set.of("the", "a", "an", "le", "la", "les", "der", "die", "das", "il", "el", "los", "las");

  private static final Pattern LETTERS = Pattern.compile("\\b\\w(?: \\w\\b)+");

  /** What is worth how much beside the fit of words, which is at most 1. */
  private static final double WHOLE = .3;

  private static final double IN_A_ROW = .1;
  private static final double COVERED = .1;
  private static final double KNOWN = .1;

  private final List<Film> films;
  private final List<TitleKey> keys;
  private final Map<String, int[]> rowsByWord;
  private final double mostRatings;

  TitleSearch(List<Film> films) {
    this.films = films;
    this.keys = films.stream().map(film -> TitleKey.of(film.item().title())).toList();
    this.rowsByWord = rowsByWord(films);
    this.mostRatings =
        films.stream().mapToInt(film -> film.item().ratings()).max().orElse(0);
  }

  private static Map<String, int[]> rowsByWord(List<Film> films) {
    Map<String, List<Integer>> rows = new LinkedHashMap<>();
    for (int row = 0; row < films.size(); row++) {
      for (String word : words(films.get(row).item().title())) {
        rows.computeIfAbsent(word, w -> new ArrayList<>()).add(row);
      }
    }
    Map<String, int[]> packed = new LinkedHashMap<>();
    rows.forEach((word, list) ->
        packed.put(word, list.stream().mapToInt(Integer::intValue).toArray()));
    return packed;
  }

  /** Each once; letters that stand alone also together, so that "mash" finds M*A*S*H. */
  private static Set<String> words(String title) {
    String plain = TitleKey.plain(title);
    Set<String> words = new LinkedHashSet<>(List.of(plain.split(" ", -1)));
    LETTERS.matcher(plain).results().forEach(run -> words.add(run.group().replace(" ", "")));
    words.remove("");
    return words;
  }

  /** Films that pass the filter and fit, the best first; of nothing that is typed the most rated, of signs alone none. */
  List<Film> find(String text, FilmFilter filter, int limit) {
    return text.isBlank() ? mostRated(filter, limit) : fitting(text, filter, limit);
  }

  private List<Film> mostRated(FilmFilter filter, int limit) {
    return films.stream()
        .filter(filter::accepts)
        .sorted(Comparator.comparingInt((Film film) -> -film.item().ratings()))
        .limit(limit)
        .toList();
  }

  private List<Film> fitting(String text, FilmFilter filter, int limit) {
    List<String> typed = typed(text);
    double[] fits = fits(typed);
    String phrase = TitleKey.of(text).name();
    return IntStream.range(0, fits.length)
        .filter(row -> fits[row] > 0 && filter.accepts(films.get(row)))
        .boxed()
        .sorted(Comparator.comparingDouble((Integer row) -> -score(row, fits[row], phrase, typed))
            .thenComparing(row -> row))
        .limit(limit)
        .map(films::get)
        .toList();
  }

  /** The words that are typed; articles count only where there is nothing else. */
  private static List<String> typed(String text) {
    List<String> all = Arrays.stream(TitleKey.plain(text).split(" ", -1))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
    List<String> telling = all.stream().filter(word -> !ARTICLES.contains(word)).toList();
    return telling.isEmpty() ? all : telling;
  }

  /** How well all words fit each film, 0 where one does not. */
  private double[] fits(List<String> typed) {
    double[] sum = new double[films.size()];
    boolean first = true;
    for (String word : typed) {
      double[] fit = fits(word);
      for (int row = 0; row < sum.length; row++) {
        boolean out = fit[row] == 0 || (!first && sum[row] == 0);
        sum[row] = out ? 0 : sum[row] + fit[row] / typed.size();
      }
      first = false;
    }
    return sum;
  }

  private double[] fits(String typed) {
    double[] best = new double[films.size()];
    rowsByWord.forEach((word, rows) -> {
      double fit = Spelling.fit(typed, word);
      if (fit > 0) {
        for (int row : rows) {
          best[row] = Math.max(best[row], fit);
        }
      }
    });
    return best;
  }

  private double score(int row, double fit, String phrase, List<String> typed) {
    TitleKey key = keys.get(row);
    long words =
        typed.stream().filter(word -> !key.year().equals(Optional.of(word))).count();
    double score = fit;
    if (key.names().contains(phrase)) {
      score += WHOLE;
    }
    if (key.names().stream().anyMatch(name -> (" " + name).contains(" " + phrase))) {
      score += IN_A_ROW;
    }
    score += COVERED * Math.min(1, (double) words / key.name().split(" ", -1).length);
    return score
        + KNOWN * Math.log1p(films.get(row).item().ratings()) / Math.log1p(mostRatings + 1);
  }
}
