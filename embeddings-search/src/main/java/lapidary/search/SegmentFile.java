package lapidary.search;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lapidary.models.InvalidInputException;

/**
 * The file of one segment: what changed in a collection between two commits. First the ids removed from earlier segments, then
 * the rows added, each an item, its unit vector and its thumbnail; a row replaces an earlier one of its id. Stateless.
 */
final class SegmentFile {
  private static final String MAGIC = "LAPIDSEG";
  private static final int VERSION = 1;

  private SegmentFile() {}

  static void write(
      Path file, Set<String> removed, Rows rows, List<Integer> added, int dimensions) {
    CheckedFile.write(file, MAGIC, VERSION, out -> {
      out.writeInt(dimensions);
      out.writeInt(removed.size());
      for (String id : removed) {
        CheckedFile.writeText(out, id);
      }
      out.writeInt(added.size());
      for (int row : added) {
        writeItem(out, rows.item(row));
        CheckedFile.writeFloats(out, rows.vector(row));
        byte[] thumbnail = rows.thumbnail(row).bytes();
        out.writeInt(thumbnail.length);
        out.write(thumbnail);
      }
    });
  }

  private static void writeItem(DataOutputStream out, Item item) throws IOException {
    CheckedFile.writeText(out, item.id());
    CheckedFile.writeText(out, item.label());
    out.writeInt(item.attributes().size());
    for (Map.Entry<String, String> attribute : item.attributes().entrySet()) {
      CheckedFile.writeText(out, attribute.getKey());
      CheckedFile.writeText(out, attribute.getValue());
    }
  }

  /** Applies a segment to {@code rows} and gives the ids it removed. */
  static Set<String> read(Path file, Rows rows, int dimensions) throws NoSuchFileException {
    return CheckedFile.read(file, MAGIC, VERSION, in -> {
      if (in.readInt() != dimensions) {
        throw new IOException("its vectors do not have " + dimensions + " dimensions");
      }
      Set<String> removed = new LinkedHashSet<>();
      for (int left = in.count(Integer.BYTES); left > 0; left--) {
        removed.add(in.text());
      }
      removed.forEach(rows::remove);
      for (int left = in.count(4L * Integer.BYTES); left > 0; left--) {
        rows.put(readItem(in), in.floats(dimensions), Thumbnail.stored(in.bytes(in.count(1))));
      }
      return removed;
    });
  }

  private static Item readItem(BoundedInput in) throws IOException {
    String id = in.text();
    String label = in.text();
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int left = in.count(2L * Integer.BYTES); left > 0; left--) {
      attributes.put(in.text(), in.text());
    }
    try {
      return new Item(id, label, attributes);
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
