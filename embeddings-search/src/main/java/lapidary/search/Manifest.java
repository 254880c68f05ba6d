package lapidary.search;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/**
 * The one file that says what a collection consists of; swapping it is what commits. Immutable.
 *
 * @param generation rises by one with every commit; also numbers the segment that the commit wrote
 * @param name the collection's name
 * @param model where its vectors come from
 * @param reduced whether a PCA file belongs to it
 * @param segments the generations of its segments, in the order they apply
 */
record Manifest(
    long generation, String name, IndexedModel model, boolean reduced, List<Long> segments) {
  private static final String MAGIC = "LAPIDCOL";
  private static final int VERSION = 1;

  Manifest {
    segments = List.copyOf(segments);
  }

  /** The manifest of a commit that keeps some segments and appends its own. */
  Manifest next(List<Long> kept) {
    List<Long> all = new ArrayList<>(kept);
    all.add(generation + 1);
    return new Manifest(generation + 1, name, model, reduced, all);
  }

  void write(Path file) {
    CheckedFile.write(file, MAGIC, VERSION, out -> {
      out.writeLong(generation);
      CheckedFile.writeText(out, name);
      CheckedFile.writeText(out, model.sha256());
      out.writeBoolean(model.file().isPresent());
      CheckedFile.writeText(out, model.file().orElse(""));
      CheckedFile.writeText(out, model.output());
      out.writeInt(model.width());
      out.writeBoolean(reduced);
      out.writeInt(segments.size());
      for (long segment : segments) {
        out.writeLong(segment);
      }
    });
  }

  static Manifest read(Path file) throws NoSuchFileException {
    return CheckedFile.read(file, MAGIC, VERSION, Manifest::parse);
  }

  private static Manifest parse(BoundedInput in) throws IOException {
    long generation = in.readLong();
    String name = in.text();
    IndexedModel model = parseModel(in);
    boolean reduced = in.readBoolean();
    List<Long> segments = new ArrayList<>();
    for (int left = in.count(Long.BYTES); left > 0; left--) {
      segments.add(in.readLong());
    }
    return new Manifest(generation, name, model, reduced, segments);
  }

  private static IndexedModel parseModel(BoundedInput in) throws IOException {
    String sha256 = in.text();
    boolean hasFile = in.readBoolean();
    String file = in.text();
    try {
      return new IndexedModel(
          sha256, hasFile ? Optional.of(file) : Optional.empty(), in.text(), in.readInt());
    } catch (InvalidInputException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
