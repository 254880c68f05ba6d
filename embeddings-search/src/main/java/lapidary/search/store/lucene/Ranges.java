package lapidary.search.store.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.BitSet;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.MomentText;
import org.apache.lucene.document.BinaryPoint;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.NumericUtils;

/**
 * Numbers and dates of attributes as points of one field, whatever the names: the first half of a point is a digest of kind and name, the
 * second the value, so that a range is a range of bytes. Stateless.
 */
final class Ranges {
  private static final String FIELD = "range";
  private static final String NUMBERS = "number:";
  private static final String MOMENTS = "moment:";

  private Ranges() {}

  /** Adds the point of a value, if it is a number or a date. */
  static void add(Document document, String name, AttributeValue.Single value) {
    if (value instanceof AttributeValue.Real real) {
      document.add(new BinaryPoint(FIELD, point(NUMBERS + name, sortable(real.value()))));
    } else if (value instanceof AttributeValue.Text text) {
      MomentText.of(text.text())
          .ifPresent(moment ->
              document.add(new BinaryPoint(FIELD, point(MOMENTS + name, moment.first()))));
    }
  }

  static BitSet numbers(View view, String name, double from, double to) throws IOException {
    return within(view, NUMBERS + name, sortable(from), sortable(to));
  }

  static BitSet moments(View view, String name, long from, long to) throws IOException {
    return within(view, MOMENTS + name, from, to);
  }

  private static long sortable(double value) {
    // +0 for −0.
    return NumericUtils.doubleToSortableLong(value + 0.);
  }

  private static byte[] point(String name, long value) {
    byte[] point = Arrays.copyOf(digest(name), 2 * Long.BYTES);
    NumericUtils.longToSortableBytes(value, point, Long.BYTES);
    return point;
  }

  /** Eight bytes, which two names share by chance once in 2^64. */
  private static byte[] digest(String name) {
    try {
      byte[] whole =
          MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
      return ByteBuffer.allocate(Long.BYTES).put(whole, 0, Long.BYTES).array();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static BitSet within(View view, String name, long from, long to) throws IOException {
    FoundRows found = new FoundRows(view);
    if (from > to) {
      return found.live();
    }
    Query range = BinaryPoint.newRangeQuery(FIELD, point(name, from), point(name, to));
    Weight weight = view.searcher()
        .createWeight(view.searcher().rewrite(range), ScoreMode.COMPLETE_NO_SCORES, 1);
    for (LeafReaderContext leaf : view.reader().leaves()) {
      Scorer scorer = weight.scorer(leaf);
      if (scorer != null) {
        found.add(leaf, scorer.iterator());
      }
    }
    return found.live();
  }
}
