package lapidary.exporter;

import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.trace.ReferencePass;
import lapidary.exporter.trace.Trace;
import lapidary.exporter.trace.Tracer;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Signature;

/**
 * What a network is traced on. Where an image's height and width are open the traces are of small images: what a network does with
 * sizes shows there too, at a tenth of the cost of the usual 224 pixels.
 *
 * @param signature with the sizes of the first trace
 * @param rows rows in such sizes
 */
record TracedRows(Signature signature, RowSource rows) {
  /**
   * Sides to try. Of the first, two pixels are left where a network halves an image five times: one would be taken for a size that is
   * always 1. Of the second, three are, as a last convolution without padding needs them.
   */
  private static final List<Integer> SMALL = List.of(64, 96);

  /**
   * In small sizes, if the block runs in them, else in those of its signature.
   *
   * @param given the signature that the file will have
   * @param rows rows in its sizes
   */
  static TracedRows of(
      Tracer tracer, Signature given, OpenAxes open, RowSource rows, NDManager manager) {
    return SMALL.stream()
        .map(side -> small(given, open, side))
        .filter(small -> !small.equals(given))
        .map(small -> new TracedRows(small, rows.in(small.inputs(), given)))
        .filter(small -> small.runs(tracer, open, manager))
        .findFirst()
        .orElseGet(() -> new TracedRows(given, rows));
  }

  private static Signature small(Signature given, OpenAxes open, int side) {
    return given.inputs().stream().allMatch(ImageInput.class::isInstance)
        ? new Signature(
            given.inputs().stream()
                .map(input -> small((ImageInput) input, open, side))
                .toList(),
            given.outputs())
        : given;
  }

  private static Input small(ImageInput image, OpenAxes open, int side) {
    return open.isOpen(image.name(), 1) && open.isOpen(image.name(), 2)
        ? image.withSize(
            Math.min(side, image.size().height()), Math.min(side, image.size().width()))
        : image;
  }

  private boolean runs(Tracer tracer, OpenAxes open, NDManager manager) {
    Batch first = batch(open, open.traced().get(0));
    return outline(tracer, first, manager, hindrance -> {}).isPresent();
  }

  /**
   * What a block does with a batch; empty if it does not run on it, as some take some sizes only.
   *
   * @param hindered is told why it does not run
   * @throws ExportException if it runs, but cannot be traced
   */
  static Optional<Trace> outline(
      Tracer tracer, Batch batch, NDManager manager, Consumer<ExportException> hindered) {
    NDList inputs = batch.forNetwork(manager);
    try {
      return Optional.of(tracer.outline(inputs, manager));
    } catch (ExportException e) {
      requireHindrance(tracer.block(), inputs, manager, e);
      hindered.accept(e);
      return Optional.empty();
    }
  }

  private static void requireHindrance(
      Block block, NDList inputs, NDManager manager, ExportException refusal) {
    try {
      ReferencePass.run(block, inputs, manager, "in other sizes");
    } catch (ExportException e) {
      return;
    }
    throw refusal;
  }

  /** Rows in the sizes of a trace. */
  Batch batch(OpenAxes open, OpenAxes.Sizes sizes) {
    return rows.batch(signature, open, sizes);
  }

  /** Rows in the sizes of the first trace. */
  Batch batch(int from, int count) {
    return new Batch(signature.inputs(), rows, from, count);
  }

  /** Its inputs in other sizes than the file's. */
  boolean differs(List<Input> given) {
    return !signature.inputs().equals(given);
  }
}
