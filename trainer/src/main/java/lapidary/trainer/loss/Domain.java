package lapidary.trainer.loss;

import java.util.Arrays;
import java.util.Optional;
import lapidary.models.InvalidInputException;

/** What a loss takes from the network, and how outputs of another kind are told apart. */
public enum Domain {
  /** One unnormalised score a class, [N, K ≥ 2]. */
  CLASS_LOGITS {
    @Override
    Optional<String> fault(float[] outputs, int width) {
      return width > 1 && areDistributions(outputs, width)
          ? Optional.of("the rows of the output are probabilities already (0 to 1, each row"
              + " summing to 1) and the loss would take softmax again; remove the softmax at the"
              + " end of the network, the exporter adds it to the file")
          : Optional.empty();
    }
  },
  /** One unnormalised score an answer, any shape. */
  BINARY_LOGITS {
    @Override
    Optional<String> fault(float[] outputs, int width) {
      return allInUnit(outputs)
          ? Optional.of("all of the output is within 0 to 1, whatever the weights, so it has"
              + " been through a sigmoid already and the loss would apply it again; remove the"
              + " sigmoid at the end of the network or use binaryCrossEntropyOnProbabilities()")
          : Optional.empty();
    }
  },
  /** Probabilities, 0 to 1. */
  PROBABILITIES {
    @Override
    Optional<String> fault(float[] outputs, int width) {
      return allInUnit(outputs)
          ? Optional.empty()
          : Optional.of("the output leaves 0 to 1, so it is logits, not probabilities; add a"
              + " sigmoid at the end of the network or use a loss on logits");
    }

    @Override
    boolean mayBeChance() {
      return false;
    }
  },
  /** Any numbers. */
  VALUES {
    @Override
    Optional<String> fault(float[] outputs, int width) {
      return Optional.empty();
    }
  };

  abstract Optional<String> fault(float[] outputs, int width);

  /** Whether outputs that should be here may look as if they should not: logits of a healthy network often begin within 0 to 1. */
  boolean mayBeChance() {
    return true;
  }

  /**
   * Refuses outputs that are evidently of another kind. Outputs that are not finite are not judged. What one set of weights may give
   * by chance is refused if other weights change it and never lead out of it: an activation at the end of the network holds it there.
   *
   * @param loss the loss's name, for the message
   * @param outputs rows of {@code width}
   * @param underOtherWeights the same rows' outputs under other weights; asked for only where it matters
   * @throws InvalidInputException with the reason
   */
  public void requireFit(
      String loss, float[] outputs, int width, Iterable<float[]> underOtherWeights) {
    Optional<String> fault = judged(outputs, width);
    if (fault.isPresent() && (!mayBeChance() || isHeld(outputs, width, underOtherWeights))) {
      throw new InvalidInputException("loss " + loss + ": " + fault.get());
    }
  }

  private Optional<String> judged(float[] outputs, int width) {
    return areFinite(outputs) ? fault(outputs, width) : Optional.empty();
  }

  private boolean isHeld(float[] outputs, int width, Iterable<float[]> underOtherWeights) {
    boolean moved = false;
    for (float[] other : underOtherWeights) {
      if (areFinite(other) && fault(other, width).isEmpty()) {
        return false;
      }
      moved |= areFinite(other) && !Arrays.equals(outputs, other);
    }
    return moved;
  }

  private static boolean areFinite(float[] outputs) {
    for (float output : outputs) {
      if (!Float.isFinite(output)) {
        return false;
      }
    }
    return true;
  }

  private static boolean allInUnit(float[] outputs) {
    for (float output : outputs) {
      if (output < 0 || output > 1) {
        return false;
      }
    }
    return true;
  }

  private static boolean areDistributions(float[] outputs, int width) {
    if (!allInUnit(outputs)) {
      return false;
    }
    for (int row = 0; row < outputs.length; row += width) {
      double sum = 0;
      for (int i = 0; i < width; i++) {
        sum += outputs[row + i];
      }
      if (Math.abs(sum - 1) > 1e-4) {
        return false;
      }
    }
    return true;
  }
}
