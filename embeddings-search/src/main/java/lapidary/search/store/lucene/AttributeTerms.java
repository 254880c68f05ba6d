package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import lapidary.search.store.AttributeValue;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.StringHelper;
import org.jspecify.annotations.Nullable;

/** The term of each value of an attribute: a field for each kind of value, whatever the names. Stateless. */
final class AttributeTerms {
  private static final String TEXTS = "attribute";
  private static final String NUMBERS = "attribute.number";
  private static final String FLAGS = "attribute.flag";

  private AttributeTerms() {}

  static Term of(String name, AttributeValue.Single value) {
    return new Term(field(value), prefix(name) + value.text());
  }

  static Field field(String name, AttributeValue.Single value) {
    return new StringField(field(value), prefix(name) + value.text(), Field.Store.NO);
  }

  private static String field(AttributeValue.Single value) {
    if (value instanceof AttributeValue.Real) {
      return NUMBERS;
    }
    return value instanceof AttributeValue.Flag ? FLAGS : TEXTS;
  }

  /** What all values of an attribute begin with; the name's length keeps "ab" with "c" apart from "a" with "bc". */
  private static String prefix(String name) {
    return name.length() + ":" + name;
  }

  private static AttributeValue.Single value(String field, String text) {
    return switch (field) {
      case NUMBERS -> AttributeValue.of(Double.parseDouble(text));
      case FLAGS -> AttributeValue.of(Boolean.parseBoolean(text));
      default -> AttributeValue.of(text);
    };
  }

  /** What is done with a value of an attribute and the documents that have it. */
  @FunctionalInterface
  interface Visit {
    void value(AttributeValue.Single value, PostingsEnum documents) throws IOException;
  }

  /** Visits the values of an attribute in all documents, dead ones included: texts, numbers, then flags, each as they are written. */
  static void visit(IndexReader reader, String name, Visit visit) throws IOException {
    BytesRef prefix = new BytesRef(prefix(name));
    for (String field : List.of(TEXTS, NUMBERS, FLAGS)) {
      visit(MultiTerms.getTerms(reader, field), prefix, (term, documents) -> {
        BytesRef text =
            new BytesRef(term.bytes, term.offset + prefix.length, term.length - prefix.length);
        visit.value(value(field, text.utf8ToString()), documents);
      });
    }
  }

  /** Names of attributes, sorted, {@code most} at most; what is behind a name's first value is skipped. */
  static List<String> names(IndexReader reader, int most) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    for (String field : List.of(TEXTS, NUMBERS, FLAGS)) {
      Terms terms = MultiTerms.getTerms(reader, field);
      TermsEnum found = terms == null ? TermsEnum.EMPTY : terms.iterator();
      BytesRef term = found.next();
      while (term != null) {
        String name = name(term.utf8ToString());
        names.add(name);
        term = found.seekCeil(behind(name)) == TermsEnum.SeekStatus.END ? null : found.term();
      }
    }
    return names.stream().limit(most).toList();
  }

  private static String name(String term) {
    int colon = term.indexOf(':');
    return term.substring(colon + 1, colon + 1 + Integer.parseInt(term.substring(0, colon)));
  }

  /** What comes after all that begins with a name: no byte of UTF-8 is the largest. */
  private static BytesRef behind(String name) {
    BytesRef prefix = new BytesRef(prefix(name));
    prefix.bytes[prefix.length - 1]++;
    return prefix;
  }

  /** What is done with a term. */
  @FunctionalInterface
  interface VisitTerm {
    void term(BytesRef term, PostingsEnum documents) throws IOException;
  }

  /** Visits terms that begin with a prefix, in the order of their bytes. */
  static void visit(@Nullable Terms terms, BytesRef prefix, VisitTerm visit) throws IOException {
    if (terms == null) {
      return;
    }
    TermsEnum found = terms.iterator();
    PostingsEnum documents = null;
    for (BytesRef term = found.seekCeil(prefix) == TermsEnum.SeekStatus.END ? null : found.term();
        term != null && StringHelper.startsWith(term, prefix);
        term = found.next()) {
      documents = found.postings(documents, PostingsEnum.NONE);
      visit.term(term, documents);
    }
  }

  /** The live rows that have an attribute, which nobody else holds. */
  static BitSet rows(View view, String name) throws IOException {
    FoundRows found = new FoundRows(view);
    BytesRef prefix = new BytesRef(prefix(name));
    for (LeafReaderContext leaf : view.reader().leaves()) {
      for (String field : List.of(TEXTS, NUMBERS, FLAGS)) {
        visit(leaf.reader().terms(field), prefix, (term, documents) -> found.add(leaf, documents));
      }
    }
    return found.live();
  }
}
