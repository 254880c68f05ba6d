package lapidary.search.store.lucene;

import java.io.IOException;
import java.util.OptionalInt;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.util.Bits;
import org.jspecify.annotations.Nullable;

/** Finds items by their ids in the terms of each segment: a query for one term costs several times as much. Stateless. */
final class Ids {
  private Ids() {}

  /** The row of an item; empty if there is not one of this id. */
  static OptionalInt row(View view, String id) throws IOException {
    Term term = Documents.id(id);
    for (LeafReaderContext leaf : view.reader().leaves()) {
      PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
      if (found != null) {
        int document = live(found, leaf.reader().getLiveDocs());
        if (document != PostingsEnum.NO_MORE_DOCS) {
          return OptionalInt.of(view.rows().of(leaf)[document]);
        }
      }
    }
    return OptionalInt.empty();
  }

  /** The next document that is not deleted. */
  private static int live(PostingsEnum documents, @Nullable Bits alive) throws IOException {
    int document = documents.nextDoc();
    while (alive != null && document != PostingsEnum.NO_MORE_DOCS && !alive.get(document)) {
      document = documents.nextDoc();
    }
    return document;
  }
}
