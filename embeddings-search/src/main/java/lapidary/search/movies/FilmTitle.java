package lapidary.search.movies;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A title as a person says it: {@code Godfather, The (1972)} is The Godfather of 1972. Other names in brackets are left out.
 *
 * @param name the article in front
 * @param year the year in brackets at the end, if there is one
 */
public record FilmTitle(String name, Optional<Integer> year) {
  private static final Pattern YEAR = Pattern.compile("\\s*\\((\\d{4})\\)\\s*$");
  private static final Pattern BRACKETS = Pattern.compile("\\s*\\([^()]*\\)");
  private static final Pattern TURNED =
      Pattern.compile("^(.+),\\s*(The|A|An|Le|La|Les|L'|Der|Die|Das|Il|Lo|El|Los|Las)$");

  /** Turns a published title round. */
  public static FilmTitle of(String title) {
    Matcher year = YEAR.matcher(title);
    boolean dated = year.find();
    String rest = dated ? title.substring(0, year.start()) : title;
    String bare = BRACKETS.matcher(rest).replaceAll("").strip();
    Matcher turned = TURNED.matcher(bare);
    String name = turned.matches() ? front(turned.group(2)) + turned.group(1) : bare;
    return new FilmTitle(
        name.isEmpty() ? title : name,
        dated ? Optional.of(Integer.valueOf(year.group(1))) : Optional.empty());
  }

  private static String front(String article) {
    return article.endsWith("'") ? article : article + " ";
  }
}
