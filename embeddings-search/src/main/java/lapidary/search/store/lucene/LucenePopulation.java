package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import lapidary.search.pca.RowSource;
import lapidary.search.store.AttributeValue;
import lapidary.search.store.Item;
import lapidary.search.store.Population;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.util.BytesRef;

/** The items of a view by their places among live rows, with the values of all of them term by term. Thread-safe. */
final class LucenePopulation implements Population {
  private static final int NOWHERE = -1;

  private final View view;
  private final Rows rows;
  private final Supplier<RowSource> vectors;
  private final Function<String, OptionalLong> numbers;

  /**
   * Of a view that somebody else holds.
   *
   * @param vectors of the live rows, which are loaded when they are asked for
   * @param numbers the number of an item by its id
   */
  LucenePopulation(View view, Supplier<RowSource> vectors, Function<String, OptionalLong> numbers) {
    this.view = view;
    this.rows = view.rows();
    this.vectors = vectors;
    this.numbers = numbers;
  }

  @Override
  public int count() {
    return rows.count();
  }

  @Override
  public long[] numbers() {
    return rows.live().stream().mapToLong(rows::number).toArray();
  }

  @Override
  public RowSource vectors() {
    return vectors.get();
  }

  @Override
  public Optional<Item> item(long number) {
    int row = rows.after(number - 1);
    if (row >= rows.size() || rows.number(row) != number || !rows.live().get(row)) {
      return Optional.empty();
    }
    return Optional.of(reading(() -> new ItemReader(view.reader()).read(rows.document(row))));
  }

  @Override
  public OptionalLong number(String id) {
    return numbers.apply(id);
  }

  @Override
  public List<String> attributes(int most) {
    return reading(() -> AttributeTerms.names(view.reader(), most));
  }

  @Override
  public void labels(Visit visit) {
    reading(() -> {
      Places places = new Places();
      AttributeTerms.visit(
          MultiTerms.getTerms(view.reader(), Documents.LABEL), new BytesRef(), (term, having) -> {
            if (term.length > 0) {
              places.visit(AttributeValue.of(term.utf8ToString()), having, visit);
            }
          });
      return true;
    });
  }

  @Override
  public void values(String attribute, Visit visit) {
    reading(() -> {
      Places places = new Places();
      AttributeTerms.visit(
          view.reader(), attribute, (value, having) -> places.visit(value, having, visit));
      return true;
    });
  }

  private <T> T reading(LuceneSnapshot.Reading<T> reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw Failure.opening(view.folder(), e);
    }
  }

  /** Where the items of documents stand. */
  private final class Places {
    private final int[] ofDocuments = new int[Math.max(1, view.reader().maxDoc())];
    private int[] found = new int[16];

    Places() {
      Arrays.fill(ofDocuments, NOWHERE);
      BitSet live = rows.live();
      int place = 0;
      for (int row = live.nextSetBit(0); row >= 0; row = live.nextSetBit(row + 1)) {
        ofDocuments[rows.document(row)] = place++;
      }
    }

    void visit(AttributeValue.Single value, PostingsEnum having, Visit visit) throws IOException {
      int count = 0;
      while (having.nextDoc() != PostingsEnum.NO_MORE_DOCS) {
        int place = ofDocuments[having.docID()];
        if (place != NOWHERE) {
          found = count == found.length ? Arrays.copyOf(found, 2 * count) : found;
          found[count++] = place;
        }
      }
      if (count > 0) {
        visit.value(value, Arrays.copyOf(found, count));
      }
    }
  }
}
