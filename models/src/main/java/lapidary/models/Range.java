package lapidary.models;

/** Where answers lie: above {@code low}, below {@code high}. */
public record Range(double low, double high) {
  /** Refuses an empty range. */
  public Range {
    if (!(low < high) || Double.isInfinite(high - low)) {
      throw new InvalidInputException(
          "a range from " + low + " to " + high + "; give a range that rises, such as 0,5.5");
    }
  }

  /** As the command line takes it, such as {@code 0.0,5.5}. */
  public String text() {
    return low + "," + high;
  }
}
