package lapidary.runtime.contents;

/**
 * The weights of one element type.
 *
 * @param type its name, such as {@code int8}
 * @param bits of an element; 0 if they differ, as of texts
 * @param tensors how many
 * @param values their elements together
 * @param bytes what these take in the file, or beside it
 */
public record StoredWeights(String type, int bits, long tensors, long values, long bytes) {
  static StoredWeights of(StoredTensor tensor) {
    return new StoredWeights(
        tensor.type().name(), tensor.type().bits(), 1, tensor.values(), tensor.bytes());
  }

  StoredWeights and(StoredWeights more) {
    return new StoredWeights(
        type, bits, tensors + more.tensors, values + more.values, bytes + more.bytes);
  }
}
