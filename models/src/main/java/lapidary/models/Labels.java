package lapidary.models;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The names of the classes, in the order of the network's outputs. Empty for models that do not classify. Immutable.
 *
 * @param names distinct names; index = class number
 */
public record Labels(@JsonValue List<String> names) {
  /** No classes. */
  public static final Labels NONE = new Labels(List.of());

  /** Copies the names and refuses repeated ones. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public Labels {
    names = List.copyOf(names);
    if (new LinkedHashSet<>(names).size() != names.size()) {
      throw new InvalidInputException(
          "labels repeat a name: " + names + "; give each class its own");
    }
  }

  /** The labels {@code 0}, {@code 1}, … of data that names no classes. */
  public static Labels numbered(int count) {
    return new Labels(IntStream.range(0, count).mapToObj(Integer::toString).toList());
  }

  /** The number of classes. */
  public int size() {
    return names.size();
  }

  /** The name of class {@code index}. */
  public String get(int index) {
    return names.get(index);
  }
}
