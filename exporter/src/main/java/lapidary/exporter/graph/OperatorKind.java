package lapidary.exporter.graph;

import java.util.Set;

/**
 * An operator of an operator set.
 *
 * @param domain the set; empty for the standard one
 * @param name such as {@code Gemm}
 * @param version of the set; 0 for the standard one, whose version is the graph's
 */
public record OperatorKind(String domain, String name, int version) {
  /** Classical machine learning, which every ONNX Runtime has beside the standard operators. */
  private static final String ML_DOMAIN = "ai.onnx.ml";

  private static final int ML_VERSION = 3;
  private static final Set<String> ML_OPERATORS = Set.of("LabelEncoder");

  /** An operator by its name alone: one of the standard set, or one of classical machine learning that is written here. */
  public static OperatorKind of(String name) {
    return ML_OPERATORS.contains(name)
        ? new OperatorKind(ML_DOMAIN, name, ML_VERSION)
        : new OperatorKind("", name, 0);
  }

  /** Whether it is of the standard set. */
  boolean isStandard() {
    return domain.isEmpty();
  }

  @Override
  public String toString() {
    return isStandard() ? name : domain + "." + name;
  }
}
