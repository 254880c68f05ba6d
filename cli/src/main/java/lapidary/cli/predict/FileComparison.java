package lapidary.cli.predict;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Optional;
import lapidary.cli.console.Console;
import lapidary.cli.option.TrainedData;
import lapidary.models.DataSource;
import lapidary.runtime.Model;
import lapidary.runtime.device.DeviceReport;
import lapidary.runtime.score.AlternatingTiming;
import lapidary.runtime.score.Comparison;
import lapidary.runtime.score.SpeedComparison;

/**
 * What evaluate says of one file held against another.
 *
 * @param model the file
 * @param against the other
 * @param compared scores and answers of both
 * @param speed of both, for a row and for a batch
 * @param size of both
 * @param device what both ran on
 */
record FileComparison(
    String model,
    String against,
    @JsonUnwrapped Compared compared,
    List<Speed> speed,
    Size size,
    DeviceReport device) {
  /**
   * How fast both ran batches of so many rows, by turns.
   *
   * @param ratio rows a second of the model over the other's
   */
  record Speed(
      int batch, SpeedComparison.Speed model, SpeedComparison.Speed against, double ratio) {
    static Speed of(SpeedComparison found) {
      return new Speed(found.rows(), found.model(), found.against(), found.ratio());
    }
  }

  /**
   * Bytes of the files and of the weights beside them.
   *
   * @param ratio the model's over the other's
   */
  record Size(long model, long against, double ratio) {
    static Size of(Model model, Model against) {
      return new Size(model.bytes(), against.bytes(), (double) model.bytes() / against.bytes());
    }
  }

  /** Times both on the first rows of a comparison that is done. */
  static FileComparison of(Model model, Model against, Compared compared, Comparison comparison) {
    List<Speed> speeds = comparison.batches().stream()
        .map(batch -> Speed.of(comparison.speed(batch, AlternatingTiming.STANDARD)))
        .toList();
    return new FileComparison(
        model.file().toString(),
        against.file().toString(),
        compared,
        speeds,
        Size.of(model, against),
        model.device());
  }

  /** Warns if the other file was trained on more of the data than was held out of the first one's training. */
  static void warnOfOtherRows(TrainedData ours, TrainedData theirs, Console console) {
    Optional<DataSource> source = theirs.source().filter(ours::knows);
    if (source.isPresent() && !(ours.is(source.get()) && ours.split().equals(theirs.split()))) {
      console
          .err()
          .println("lapidary: the comparison may flatter " + theirs.model() + ": it was trained on"
              + " another part, version or division of the data than " + ours.model()
              + "; compare files of the same training, or on rows that neither has seen");
      console.err().flush();
    }
  }
}
