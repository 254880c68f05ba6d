package lapidary.search.inference;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;

/**
 * Parameters that came with a request, an input or an output. Those that nobody asks for are passed over, as the protocol wants it;
 * those that would need what this server does not do are refused. Immutable, thread-safe.
 */
public final class Parameters {
  /** No parameters. */
  public static final Parameters NONE = new Parameters(Map.of());

  private static final String REGION = "shared_memory_region";
  private static final String SEQUENCE = "sequence_id";
  private static final String CLASSIFICATION = "classification";

  private final Map<String, Object> values;

  private Parameters(Map<String, Object> values) {
    this.values = Map.copyOf(values);
  }

  /** Parameters by name; values are {@link Boolean}, {@link Number} or {@link String}. */
  public static Parameters of(Map<String, Object> values) {
    return values.isEmpty() ? NONE : new Parameters(values);
  }

  /** One that says yes or no. @throws InvalidInputException if it says something else */
  public Optional<Boolean> flag(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof Boolean) {
      return Optional.ofNullable((Boolean) value);
    }
    throw unfit(name, value, "true or false");
  }

  /** One that is a number of something, 0 or more. @throws InvalidInputException if it is something else */
  public OptionalLong size(String name) {
    Object value = values.get(name);
    if (value == null) {
      return OptionalLong.empty();
    }
    if ((value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0) {
      return OptionalLong.of(((Number) value).longValue());
    }
    throw unfit(name, value, "a whole number, 0 or more");
  }

  /** How many classes an output is to be told as; 0 for its values. */
  int classes() {
    return (int) Math.min(size(CLASSIFICATION).orElse(0), Integer.MAX_VALUE);
  }

  /** Refuses tensors in memory that client and server share. */
  public void requireNoSharedMemory(String what) {
    if (values.containsKey(REGION)) {
      throw new InvalidInputException(
          what + " is in shared memory, which this server does not take; send its values");
    }
  }

  /** Refuses requests that go on from earlier ones. */
  void requireNoSequence() {
    Object sequence = values.get(SEQUENCE);
    boolean none =
        sequence == null || sequence.equals("") || sequence.toString().equals("0");
    if (!none) {
      throw new InvalidInputException("the request is part of a sequence, and the models of this"
          + " server keep nothing from one request to the next; omit " + SEQUENCE);
    }
  }

  private static InvalidInputException unfit(String name, Object value, String wanted) {
    return new InvalidInputException(
        "parameter " + name + " is " + Quoted.of(value.toString()) + "; give " + wanted);
  }
}
