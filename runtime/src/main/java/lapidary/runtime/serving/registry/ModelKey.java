package lapidary.runtime.serving.registry;

import lapidary.models.InvalidInputException;

/** A version of a model. */
record ModelKey(String name, long version) implements Comparable<ModelKey> {
  /** Refuses what could not be asked for. */
  static ModelKey of(String name, long version) {
    if (name.isBlank() || version < 1) {
      throw new InvalidInputException("\"" + name + "\" in version " + version
          + " cannot be served; give a name, and a version of 1 or more");
    }
    return new ModelKey(name, version);
  }

  @Override
  public int compareTo(ModelKey other) {
    int byName = name.compareTo(other.name);
    return byName != 0 ? byName : Long.compare(version, other.version);
  }

  @Override
  public String toString() {
    return name + ", version " + version;
  }
}
