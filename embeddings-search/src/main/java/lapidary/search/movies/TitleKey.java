package lapidary.search.movies;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A title as it is compared: words in lower case without accents or punctuation, the article (English, French, German, Italian or
 * Spanish) left out wherever it stands, the year apart. Other names in brackets, such as the original title, count as names too.
 *
 * @param names the title's name and its other names, articles left out; the first is the title's own
 * @param year the year in brackets at the end, if there is one
 */
record TitleKey(List<String> names, Optional<String> year) {
  private static final Pattern YEAR = Pattern.compile("\\s*\\((\\d{4})\\)\\s*$");
  private static final Pattern BRACKETS = Pattern.compile("\\(([^()]*)\\)");
  private static final String ARTICLES = "the|a|an|le|la|les|l|der|die|das|il|lo|el|los|las";
  private static final Pattern LEADING = Pattern.compile("^(?:" + ARTICLES + ") (?=.)");
  private static final Pattern TRAILING =
      Pattern.compile(",\\s*(?:" + ARTICLES + ")'?\\s*$", Pattern.CASE_INSENSITIVE);

  TitleKey {
    names = List.copyOf(names);
  }

  static TitleKey of(String title) {
    Matcher year = YEAR.matcher(title);
    boolean dated = year.find();
    String rest = dated ? title.substring(0, year.start()) : title;
    List<String> names = new ArrayList<>();
    names.add(words(BRACKETS.matcher(rest).replaceAll(" ")));
    BRACKETS.matcher(rest).results().map(found -> words(found.group(1))).forEach(names::add);
    return new TitleKey(names, dated ? Optional.of(year.group(1)) : Optional.empty());
  }

  /** The title's own name. */
  String name() {
    return names.get(0);
  }

  boolean isEmpty() {
    return name().isEmpty();
  }

  /** Whether a title has this name, and this year if this has one. */
  boolean sameAs(TitleKey title) {
    return sameYear(title) && title.names.contains(name());
  }

  /** Whether a title holds the words of this name in a row, and has this year if this has one. */
  boolean within(TitleKey title) {
    return sameYear(title)
        && title.names.stream().anyMatch(other -> (" " + other + " ").contains(" " + name() + " "));
  }

  private boolean sameYear(TitleKey title) {
    return year.isEmpty() || year.equals(title.year);
  }

  private static String words(String name) {
    return LEADING.matcher(plain(TRAILING.matcher(name).replaceAll(""))).replaceFirst("");
  }

  /** Words in lower case with single spaces between, without accents or punctuation. */
  static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}", "")
        .toLowerCase(Locale.ROOT)
        .replace("&", " and ")
        .replaceAll("[^\\p{L}\\p{N}]+", " ")
        .strip();
  }
}
