package lapidary.trainer.problem;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lapidary.models.Architecture;
import lapidary.models.ImageInput;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.models.Signature;
import lapidary.models.Task;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoDataset;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitReport;
import lapidary.trainer.learn.FitResult;
import lapidary.trainer.learn.Learner;
import lapidary.trainer.learn.LearnerData;
import lapidary.trainer.report.ReportData;

/**
 * Photos by class for a network of your own: the rows to learn from and to measure on, decoded anew in each pass, ahead of the
 * network and on all cores, and what a report and an exported file say of them. Owns the rows' native memory. For one learner at a
 * time; closing is idempotent.
 *
 * <pre>{@code
 * try (PhotoRows photos = PhotoRows.of(data, ImageInput.resnet(64), Augmentation.DEFAULT);
 *     Network network = Network.of(block, Device.cpu(), 0, photos.shape());
 *     Learner learner = Learner.of(network, photos.rows(), objective, LearnerOptions.DEFAULT)) {
 *   FitResult fit = learner.fitOneCycle(5, 1e-2);
 *   Report.write(Path.of("report.html"), photos.report("my network", learner, fit));
 * }
 * }</pre>
 */
public final class PhotoRows implements AutoCloseable {
  private static final int ROWS_AT_ONCE = 64;

  private final PhotoDataset data;
  private final ImageInput input;
  private final Augmentation augmentation;
  private final LearnerData rows;

  private PhotoRows(
      PhotoDataset data, ImageInput input, Augmentation augmentation, LearnerData rows) {
    this.data = data;
    this.input = input;
    this.augmentation = augmentation;
    this.rows = rows;
  }

  /** Photos for a network on the CPU, decoded on all cores; what cannot be decoded is left out and counted. */
  public static PhotoRows of(PhotoDataset data, ImageInput input, Augmentation augmentation) {
    return of(data, input, augmentation, LoaderOptions.standard(), Device.cpu());
  }

  /**
   * Photos for a network.
   *
   * @param input size, resize rule, scaling and layout, in training and in the exported file
   * @param augmentation what is changed at random in the photos that are learned from
   * @param loading threads, memory, and what happens to damaged photos
   * @param device where the network is
   */
  public static PhotoRows of(
      PhotoDataset data,
      ImageInput input,
      Augmentation augmentation,
      LoaderOptions loading,
      Device device) {
    LearnerData rows = new LearnerData(
        PhotoExamples.of(device, data.train(), input, augmentation, loading, ROWS_AT_ONCE),
        PhotoExamples.of(device, data.valid(), input, Augmentation.NONE, loading, ROWS_AT_ONCE));
    return new PhotoRows(data, input, augmentation, rows);
  }

  /** The rows, with class numbers int64 [N, 1] as targets. They are closed with this. */
  public LearnerData rows() {
    return rows;
  }

  /** The shape of one photo as a batch, such as (1, 3, 64, 64): what the network is made for. */
  public Shape shape() {
    return new Shape(1)
        .addAll(
            new Shape(input.networkShape().stream().mapToLong(Long::longValue).toArray()));
  }

  /**
   * What there is to see of a classifier: curves, which classes it takes for which, and the photos it was most wrong about.
   *
   * @param name of the network
   * @param learner that was fitted on {@link #rows}, to logits
   * @param fits its fits, in their order
   */
  public ReportData report(String name, Learner learner, FitResult... fits) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", name);
    facts.put("data", data.source().name() + " (" + data.source().licence() + ")");
    facts.put("seed", Long.toString(learner.options().seed()));
    facts.putAll(options(learner, fits));
    if (!learner.skipped().isEmpty()) {
      facts.put("skipped", String.join("; ", learner.skipped()));
    }
    return FitReport.of(
        name + " on " + data.source().name(),
        facts,
        Optional.of(ClassifierAnswers.of(data, input).of(learner.predictions(), learner::rowOf)),
        fits);
  }

  /**
   * What an exported file says of itself: the photos' pixels go in, {@code logits} and {@code probabilities} of the named classes
   * come out. The parameters are those of {@link #report}; the network's first output is its logits.
   */
  public ModelDescription describe(String name, Learner learner, FitResult... fits) {
    Provenance provenance = Provenance.of(
        data.source(),
        learner.options().seed(),
        options(learner, fits),
        Map.of("djl", Engines.djlVersion(), "pytorch", Engines.pytorchVersion()),
        "none");
    List<EpochResult> epochs = FitReport.epochs(fits);
    return new ModelDescription(
            new Architecture.Custom(name),
            Task.CLASSIFICATION,
            data.labels(),
            Signature.ofClasses(input),
            provenance,
            ModelDescription.Evidence.NONE)
        .withScores(epochs.isEmpty() ? Map.of() : epochs.get(epochs.size() - 1).metrics());
  }

  private Map<String, String> options(Learner learner, FitResult... fits) {
    return Map.of(
        "augment", augmentation.text(),
        "batch", Integer.toString(learner.options().batch()),
        "epochs", Integer.toString(FitReport.epochs(fits).size()),
        "size", input.size().height() + "x" + input.size().width());
  }

  @Override
  public void close() {
    rows.train().close();
    rows.valid().close();
  }
}
