package lapidary.trainer.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;

/**
 * The header of a safetensors file.
 *
 * @param entries the tensors in the order of their bytes
 * @param metadata text by key
 * @param dataStart where the tensors' bytes begin in the file
 */
record Header(List<Entry> entries, SortedMap<String, String> metadata, long dataStart) {
  /** The reference implementation's limit. */
  static final int MAX_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";

  /**
   * One tensor's place.
   *
   * @param begin its first byte, counted from {@link #dataStart}
   * @param end the byte after its last
   */
  record Entry(String name, Dtype dtype, List<Long> shape, long begin, long end) {
    Entry {
      shape = List.copyOf(shape);
    }

    long[] dimensions() {
      return shape.stream().mapToLong(Long::longValue).toArray();
    }

    long size() {
      return end - begin;
    }
  }

  /** The length and the JSON text, padded with spaces so that the tensors begin at a multiple of 8. */
  static byte[] encode(List<StoredTensor> tensors, Map<String, String> metadata) {
    byte[] json = json(tensors, metadata);
    int padded = (json.length + 7) / 8 * 8;
    if (padded > MAX_BYTES) {
      throw new InvalidInputException("the names and metadata of " + tensors.size()
          + " tensors take " + padded + " bytes; safetensors allows " + MAX_BYTES);
    }
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(json);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.array();
  }

  private static byte[] json(List<StoredTensor> tensors, Map<String, String> metadata) {
    requireDistinct(tensors);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      long offset = 0;
      for (StoredTensor tensor : tensors) {
        offset = write(json, tensor, offset);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written to", e);
    }
    return out.toByteArray();
  }

  private static long write(JsonGenerator json, StoredTensor tensor, long offset)
      throws IOException {
    long end = offset + tensor.bytes().remaining();
    long[] shape = tensor.shape();
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", Dtype.of(tensor.name(), tensor.type()).name());
    json.writeFieldName("shape");
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {offset, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  private static void requireDistinct(List<StoredTensor> tensors) {
    Set<String> names = new HashSet<>(Set.of(METADATA));
    for (StoredTensor tensor : tensors) {
      if (!names.add(tensor.name())) {
        throw new InvalidInputException("a tensor cannot be named " + tensor.name()
            + ": the name is taken; name each tensor once");
      }
    }
  }

  /** Reads and checks a file's header. */
  static Header read(FileChannel channel, String source) throws IOException {
    long fileSize = channel.size();
    if (fileSize < Long.BYTES) {
      throw damaged(source, "it has " + fileSize + " bytes, less than a header's length");
    }
    long length = TensorBytes.readFully(channel, 0, Long.BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .getLong();
    if (length < 2 || length > MAX_BYTES || length > fileSize - Long.BYTES) {
      throw damaged(
          source, "its header claims " + Long.toUnsignedString(length) + " bytes of " + fileSize);
    }
    byte[] json = new byte[(int) length];
    TensorBytes.readFully(channel, Long.BYTES, json.length).get(json);
    long dataStart = Long.BYTES + length;
    Header header = HeaderParser.parse(json, source, dataStart);
    header.requireWhole(fileSize - dataStart, source);
    return header;
  }

  /** Tensors follow one another from the first byte to the last: no overlap, no hole, nothing left over. */
  private void requireWhole(long dataSize, String source) {
    long position = 0;
    for (Entry entry : entries) {
      long size = entry.dtype().size(source + ": " + entry.name(), entry.dimensions());
      if (entry.begin() != position || entry.end() < entry.begin()) {
        throw damaged(
            source,
            "tensor " + entry.name() + " is at bytes " + entry.begin() + " to " + entry.end()
                + ", wanted at " + position);
      }
      if (entry.size() != size) {
        throw damaged(
            source,
            "tensor " + entry.name() + " has " + entry.size() + " bytes, its shape and type take "
                + size);
      }
      position = entry.end();
    }
    if (position != dataSize) {
      throw damaged(
          source, "its tensors take " + position + " bytes and " + dataSize + " are there");
    }
  }

  /** Zero-sized tensors come before the one that begins where they do. */
  static Comparator<Entry> byPosition() {
    return Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end);
  }

  static InvalidInputException damaged(String source, String what) {
    return new InvalidInputException(
        source + " is not a whole safetensors file: " + what + "; get or write it again");
  }
}
