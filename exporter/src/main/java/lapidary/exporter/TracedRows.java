package lapidary.exporter;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.util.List;
import java.util.Optional;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.trace.ReferencePass;
import lapidary.exporter.trace.Trace;
import lapidary.exporter.trace.Tracer;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Signature;

/**
 * What a network is traced on. Where an image's height and width are open the traces are of small images: what a network does with
 * sizes shows there too, at a fifth of the cost of the usual 224 pixels.
 *
 * @param signature with the sizes of the first trace
 * @param rows rows in such sizes
 */
record TracedRows(Signature signature, RowSource rows) {
  /** Three pixels are left of it where a network halves an image five times: one would be taken for a size that is always 1. */
  private static final int SMALL = 96;

  /**
   * In small sizes, if the block runs in them, else in those of its signature.
   *
   * @param given the signature that the file will have
   * @param rows rows in its sizes
   */
  static TracedRows of(
      Block block, Signature given, OpenAxes open, RowSource rows, NDManager manager) {
    Signature small = new Signature(
        given.inputs().stream().map(input -> small(input, open)).toList(), given.outputs());
    boolean images = given.inputs().stream().allMatch(ImageInput.class::isInstance);
    if (images && !small.equals(given)) {
      TracedRows drawn = new TracedRows(small, new RandomRows(0));
      if (runs(block, drawn.batch(open, open.traced().get(0)), manager)) {
        return drawn;
      }
    }
    return new TracedRows(given, rows);
  }

  private static Input small(Input input, OpenAxes open) {
    return input instanceof ImageInput image
            && open.isOpen(image.name(), 1)
            && open.isOpen(image.name(), 2)
        ? image.withSize(
            Math.min(SMALL, image.size().height()), Math.min(SMALL, image.size().width()))
        : input;
  }

  /** What a block does with a batch; empty if it does not run on it, as some take some sizes only. */
  static Optional<Trace> trace(Tracer tracer, Block block, Batch batch, NDManager manager) {
    try {
      return Optional.of(tracer.trace(batch.forNetwork(manager), manager));
    } catch (ExportException e) {
      if (runs(block, batch, manager)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static boolean runs(Block block, Batch batch, NDManager manager) {
    try {
      ReferencePass.run(block, batch.forNetwork(manager), manager, "in other sizes");
      return true;
    } catch (ExportException e) {
      return false;
    }
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
