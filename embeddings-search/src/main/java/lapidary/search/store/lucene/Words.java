package lapidary.search.store.lucene;

import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.search.Query;
import org.apache.lucene.util.QueryBuilder;

/**
 * Cuts texts into words (Unicode's rules, UAX 29), the same for items and for queries: without case and accents, English plurals as
 * their singular. Thread-safe.
 */
final class Words extends Analyzer {
  @Override
  protected TokenStreamComponents createComponents(String field) {
    Tokenizer words = new StandardTokenizer();
    TokenStream plain = new ASCIIFoldingFilter(new LowerCaseFilter(words));
    return new TokenStreamComponents(words, new EnglishMinimalStemFilter(plain));
  }

  /** A query for items that have one of a text's words or more; empty if it has none. */
  static Optional<Query> query(String text) {
    try (Words words = new Words()) {
      return Optional.ofNullable(new QueryBuilder(words).createBooleanQuery(Documents.WORDS, text));
    }
  }
}
