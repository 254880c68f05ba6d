package lapidary.models;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model comes from. Two runs with equal provenance on one machine give equal weights. Immutable.
 *
 * @param data the training data
 * @param seed the seed of initial weights and batch order
 * @param hyperParameters option name to value, as the command line takes them
 * @param versions library name to version
 * @param weightsSha256 digest of the weights file
 */
public record Provenance(
    DataSource data,
    long seed,
    SortedMap<String, String> hyperParameters,
    SortedMap<String, String> versions,
    String weightsSha256) {
  /** Nothing is told of where a model comes from. */
  public static final Provenance UNKNOWN =
      of(new DataSource("unknown", "", "unknown"), 0, Map.of(), Map.of(), "");

  /** Copies the maps, sorted by key so that they are written alike every time. */
  public Provenance {
    hyperParameters = sorted(hyperParameters);
    versions = sorted(versions);
  }

  /** A provenance with plain maps. */
  public static Provenance of(
      DataSource data,
      long seed,
      Map<String, String> hyperParameters,
      Map<String, String> versions,
      String weightsSha256) {
    return new Provenance(
        data, seed, new TreeMap<>(hyperParameters), new TreeMap<>(versions), weightsSha256);
  }

  private static SortedMap<String, String> sorted(Map<String, String> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }
}
