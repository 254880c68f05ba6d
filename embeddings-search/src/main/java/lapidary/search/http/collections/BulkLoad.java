package lapidary.search.http.collections;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.search.Batch;
import lapidary.search.SearchService;
import lapidary.search.http.route.Body;
import lapidary.search.http.route.HttpProblem;
import lapidary.search.http.route.Json;

/**
 * A body of lines, {@code {"put": item}} or {@code {"delete": "id"}}, taken in piece by piece. A piece is one commit: durable whole or not at
 * all. Lines that are wrong are left out and told. For one body.
 */
final class BulkLoad {
  /** Wrong lines that are told; all are counted. */
  private static final int TOLD = 100;

  /** Lines of a commit. */
  private static final int PIECE = 1_000;

  private static final List<String> ACTIONS = List.of("put", "delete");

  private final SearchService service;
  private final String collection;
  private final List<ItemAnswers.RefusedLine> refusals = new ArrayList<>();
  private Batch.Outcome outcome = new Batch.Outcome(0, 0);
  private int line;
  private int refused;

  BulkLoad(SearchService service, String collection) {
    this.service = service;
    this.collection = collection;
  }

  /** Takes in a body; durable on return. */
  ItemAnswers.Loaded take(Body body) {
    if (!body.isNdjson()) {
      throw new HttpProblem(415, "lines are taken here; send application/x-ndjson");
    }
    byte[] lines = body.bytes().content();
    Cursor cursor = new Cursor(lines);
    do {
      outcome = outcome.and(service.change(collection, batch -> take(cursor, batch)));
    } while (cursor.more());
    return answer();
  }

  private void take(Cursor cursor, Batch batch) {
    for (int i = 0; i < PIECE && cursor.more(); i++) {
      line++;
      takeLine(cursor.next(), batch);
    }
  }

  /** Lines one after the other; the last may lack its end. */
  private static final class Cursor {
    private final byte[] lines;
    private int at;

    Cursor(byte[] lines) {
      this.lines = lines;
    }

    boolean more() {
      return at < lines.length;
    }

    byte[] next() {
      int end = at;
      while (end < lines.length && lines[end] != '\n') {
        end++;
      }
      byte[] line = Arrays.copyOfRange(lines, at, end);
      at = end + 1;
      return line;
    }
  }

  private void takeLine(byte[] text, Batch batch) {
    try {
      if (!isBlank(text)) {
        change(text, batch);
      }
    } catch (InvalidInputException e) {
      refused++;
      if (refusals.size() < TOLD) {
        refusals.add(new ItemAnswers.RefusedLine(line, String.valueOf(e.getMessage())));
      }
    }
  }

  private static boolean isBlank(byte[] text) {
    for (byte each : text) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  private static void change(byte[] text, Batch batch) {
    JsonNode node = Json.object(text, "the line", ACTIONS);
    if (node.size() != 1) {
      throw new InvalidInputException("the line has to say one thing: give put or delete");
    }
    if (node.has("put")) {
      VectorItem.read(node.get("put"), "put").addTo(batch);
    } else {
      batch.remove(Json.text(node.get("delete"), "delete"));
    }
  }

  private ItemAnswers.Loaded answer() {
    int count = service.info(collection).count();
    return new ItemAnswers.Loaded(
        outcome.put(), outcome.removed(), refused, List.copyOf(refusals), count);
  }
}
