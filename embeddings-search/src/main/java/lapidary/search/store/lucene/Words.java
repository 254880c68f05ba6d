package lapidary.search.store.lucene;

import java.util.Optional;
import lapidary.models.InvalidInputException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/**
 * Cuts texts into words (Unicode's rules, UAX 29), the same for items and for queries: without case and accents, English plurals as
 * their singular. Thread-safe.
 */
final class Words extends Analyzer {
  /** Less than Lucene's 1,024 clauses, of which a filter is one. */
  private static final int MOST = 1_000;

  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream plain = new ASCIIFoldingFilter(new LowerCaseFilter(words));
    return new TokenStreamComponents(words, new EnglishMinimalStemFilter(plain));
  }

  /**
   * A query for items that have one of a text's words or more; empty if it has none.
   *
   * @throws InvalidInputException if it has more than {@value #MOST}
   */
  static Optional<Query> query(String text) {
    try (Words words = new Words()) {
      Query query = new QueryBuilder(words).createBooleanQuery(Documents.WORDS, text);
      if (query instanceof BooleanQuery several && several.clauses().size() > MOST) {
        throw new IndexSearcher.TooManyClauses();
      }
      return Optional.ofNullable(query);
    } catch (IndexSearcher.TooManyClauses e) {
      throw new InvalidInputException(
          "a text of more than " + MOST + " words cannot be searched for; give fewer", e);
    }
  }
}
