package lapidary.trainer.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * Writes and reads safetensors files: a 64-bit header length, a JSON header of names, types, shapes and offsets, then the
 * tensors' bytes, little-endian and without holes. Equal tensors and metadata in an equal order give equal bytes. Everything a
 * file says about itself is checked before memory is taken for it; bfloat16 becomes FLOAT32 on the way in. Stateless.
 */
public final class Safetensors {
  private Safetensors() {}

  /**
   * What a file holds.
   *
   * @param tensors the tensors in the order of their bytes
   * @param metadata the text that travels along, sorted by key
   */
  public record Contents(List<StoredTensor> tensors, SortedMap<String, String> metadata) {
    /** Copies the list and the map. */
    public Contents {
      tensors = List.copyOf(tensors);
      metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    /** The tensor of this name. */
    public Optional<StoredTensor> get(String name) {
      return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** The tensors by name, in the order of their bytes. */
    public Map<String, StoredTensor> byName() {
      Map<String, StoredTensor> map = new LinkedHashMap<>();
      tensors.forEach(tensor -> map.put(tensor.name(), tensor));
      return map;
    }
  }

  /**
   * Publishes {@code file} with the tensors in the order given; the file is there whole or not at all.
   *
   * @throws InvalidInputException if two tensors share a name or the file cannot be written
   */
  public static void write(Path file, List<StoredTensor> tensors, Map<String, String> metadata) {
    byte[] header = Header.encode(tensors, metadata);
    AtomicFile.publish(file, temporary -> {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        writeFully(channel, ByteBuffer.wrap(header));
        for (StoredTensor tensor : tensors) {
          writeFully(channel, tensor.bytes());
        }
      }
    });
  }

  private static void writeFully(WritableByteChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /**
   * Reads a whole file. Tensors of small files are in Java memory; those of a file over 1 GiB are mapped, so such a file must not
   * be overwritten in place while they are in use ({@link #write} never does).
   *
   * @throws InvalidInputException if the file cannot be read, is damaged, or holds an element type that Lapidary does not read
   */
  public static Contents read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return read(channel, file.toString());
    } catch (IOException e) {
      String reason = Files.exists(file) ? String.valueOf(e.getMessage()) : "it does not exist";
      throw new InvalidInputException(
          "cannot read " + file + ": " + reason + "; give a safetensors file you can read", e);
    }
  }

  /**
   * As {@link #read(Path)}, of a file that is open; the caller closes it.
   *
   * @param source what to call it in an error
   */
  public static Contents read(FileChannel channel, String source) throws IOException {
    Header header = Header.read(channel, source);
    TensorBytes bytes = new TensorBytes(channel, header.dataStart(), source);
    List<StoredTensor> tensors = new ArrayList<>();
    for (Header.Entry entry : header.entries()) {
      tensors.add(bytes.read(entry));
    }
    return new Contents(tensors, header.metadata());
  }
}
