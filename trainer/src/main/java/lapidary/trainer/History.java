package lapidary.trainer;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import lapidary.models.AtomicFile;

/** {@code history.csv} of a run folder: one line an epoch, replaced whole. */
final class History {
  static final String FILE = "history.csv";

  private History() {}

  static void write(Path run, List<EpochResult> epochs) {
    SortedSet<String> metrics = new TreeSet<>();
    epochs.forEach(epoch -> metrics.addAll(epoch.metrics().keySet()));
    StringBuilder csv = new StringBuilder("epoch,train_loss,valid_loss");
    metrics.forEach(metric -> csv.append(',').append(metric));
    csv.append(",learning_rate,momentum,seconds,cpu_seconds,examples_per_second\n");
    epochs.forEach(epoch -> csv.append(line(epoch, metrics)));
    AtomicFile.writeText(run.resolve(FILE), csv.toString());
  }

  private static String line(EpochResult epoch, SortedSet<String> metrics) {
    StringBuilder line = new StringBuilder().append(epoch.epoch());
    append(line, "%.6f", epoch.trainLoss(), epoch.validLoss());
    metrics.forEach(metric -> append(line, "%.6f", epoch.metric(metric).orElse(Double.NaN)));
    append(line, "%.6e", epoch.rate().learningRate());
    append(line, "%.4f", epoch.rate().momentum());
    EpochResult.Cost cost = epoch.cost();
    append(line, "%.3f", cost.seconds(), cost.cpuSeconds(), cost.examplesPerSecond());
    return line.append('\n').toString();
  }

  private static void append(StringBuilder line, String format, double... values) {
    for (double value : values) {
      line.append(',').append(String.format(Locale.ROOT, format, value));
    }
  }
}
