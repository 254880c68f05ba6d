package lapidary.exporter.trace.operators;

import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;

/** What became of a function or block that was run. */
sealed interface Outcome {
  /**
   * Exported, and alike in DJL and ONNX Runtime.
   *
   * @param operators of the file
   * @param types that it was run in beside single precision
   * @param worst relative difference
   * @param batch of the file, if it is not open
   */
  record Covered(
      SortedSet<String> operators, List<CaseType> types, double worst, OptionalLong batch)
      implements Outcome {
    public Covered {
      types = List.copyOf(types);
    }

    Covered alsoOf(List<CaseType> further) {
      return new Covered(operators, further, worst, batch);
    }
  }

  /** Not exported; the sentence says why and what to do instead. */
  record Refused(String sentence) implements Outcome {}

  /** The engine itself throws, with this message. */
  record NotInEngine(String message) implements Outcome {}
}
