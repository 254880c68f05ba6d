package lapidary.models;

import java.util.List;

/**
 * Pixel normalisation: x = (p / 255 − mean) / std, per channel, p in 0..255.
 *
 * @param mean one value a channel, in units of p / 255
 * @param std one positive value a channel, in units of p / 255
 */
public record Normalization(List<Float> mean, List<Float> std) {
  /** Copies the lists; refuses different lengths and non-positive deviations. */
  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size() || mean.isEmpty() || std.stream().anyMatch(s -> !(s > 0))) {
      throw new InvalidInputException("normalisation with mean " + mean + " and deviation " + std
          + "; give one mean and one positive deviation a channel");
    }
  }

  /** Scaling to 0..1 alone, for one channel. */
  public static Normalization unit() {
    return new Normalization(List.of(0f), List.of(1f));
  }

  /** The number of channels. */
  public int channels() {
    return mean.size();
  }

  /** p · factor(c) + offset(c) is the same in one multiplication: 1 / (255 · std). */
  public float factor(int channel) {
    return (float) (1.0 / (255.0 * std.get(channel)));
  }

  /** The offset beside {@link #factor}: −mean / std. */
  public float offset(int channel) {
    return (float) (-(double) mean.get(channel) / std.get(channel));
  }
}
