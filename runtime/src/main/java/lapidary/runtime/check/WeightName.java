package lapidary.runtime.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a weight is called in an ONNX file, such as {@code 03layer1/02BasicBlock/01conv1/weight}, and in a checkpoint, {@code
 * layer1.1.conv1.weight}: each part begins with the child's number, and a child that has no name of its own is called by its kind
 * in the one and by its place in the other. Ordered as checkpoints are.
 *
 * @param places the children's numbers from the root on, then the place among a layer's weights
 * @param stored the name in a checkpoint
 */
record WeightName(List<Integer> places, String stored) implements Comparable<WeightName> {
  private static final List<String> LAST = List.of("weight", "bias", "running_mean", "running_var");
  private static final Pattern CHILD = Pattern.compile("(\\d{2,8})([A-Za-z_][A-Za-z0-9_.]*)");

  WeightName {
    places = List.copyOf(places);
  }

  /** The weight of this name in an ONNX file; empty if it is a constant of the graph. */
  static Optional<WeightName> of(String name) {
    String[] parts = name.split("/", -1);
    int last = LAST.indexOf(parts[parts.length - 1]);
    if (last < 0 || parts.length < 2) {
      return Optional.empty();
    }
    List<Integer> places = new ArrayList<>();
    StringBuilder stored = new StringBuilder();
    for (int i = 0; i < parts.length - 1; i++) {
      Matcher child = CHILD.matcher(parts[i]);
      if (!child.matches()) {
        return Optional.empty();
      }
      int place = Integer.parseInt(child.group(1));
      places.add(place);
      boolean named = !Character.isUpperCase(child.group(2).charAt(0));
      stored.append(named ? child.group(2) : Integer.toString(place - 1)).append('.');
    }
    places.add(last);
    return Optional.of(new WeightName(places, stored + LAST.get(last)));
  }

  @Override
  public int compareTo(WeightName other) {
    for (int i = 0; i < Math.min(places.size(), other.places.size()); i++) {
      int order = places.get(i).compareTo(other.places.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(places.size(), other.places.size());
  }
}
