package lapidary.models;

/** What a model answers. */
public enum Task {
  /** One of several named classes. */
  CLASSIFICATION,
  /** A number. */
  REGRESSION,
  /** A vector for similarity search. */
  EMBEDDING,
  /** Tensors whose meaning their names say: whoever runs the model knows it. */
  TENSORS
}
