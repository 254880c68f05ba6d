package lapidary.search;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import lapidary.models.InvalidInputException;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaBytes;

/** What a collection is made with, as the header of its store. Stateless. */
final class SpecBytes {
  /** What follows; a header of a collection without pictures is as it was before they were kept. */
  private static final int REDUCED = 1;

  private static final int PICTURED = 2;

  private SpecBytes() {}

  static byte[] of(CollectionSpec spec) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      IndexedModel model = spec.model();
      out.writeUTF(spec.name());
      out.writeUTF(model.sha256());
      out.writeBoolean(model.file().isPresent());
      out.writeUTF(model.file().orElse(""));
      out.writeUTF(model.output());
      out.writeInt(model.width());
      out.writeByte(
          (spec.pca().isPresent() ? REDUCED : 0) | (spec.pictures().isPresent() ? PICTURED : 0));
      if (spec.pictures().isPresent()) {
        out.writeUTF(spec.pictures().orElseThrow());
      }
      out.write(spec.pca().map(PcaBytes::of).orElse(new byte[0]));
    } catch (IOException e) {
      throw new IllegalStateException("a header in memory cannot be encoded", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a header.
   *
   * @throws InvalidInputException if it is not that of a collection
   */
  static CollectionSpec read(byte[] header) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(header))) {
      String name = in.readUTF();
      String sha256 = in.readUTF();
      boolean hasFile = in.readBoolean();
      String file = in.readUTF();
      IndexedModel model = new IndexedModel(
          sha256, hasFile ? Optional.of(file) : Optional.empty(), in.readUTF(), in.readInt());
      int follows = in.readUnsignedByte();
      Optional<String> pictures =
          (follows & PICTURED) != 0 ? Optional.of(in.readUTF()) : Optional.empty();
      Optional<Pca> pca = (follows & REDUCED) != 0
          ? Optional.of(PcaBytes.read(in.readAllBytes()))
          : Optional.empty();
      return new CollectionSpec(name, model, pca, pictures);
    } catch (IOException e) {
      throw new InvalidInputException(
          "the header of the collection cannot be read; index again", e);
    }
  }
}
