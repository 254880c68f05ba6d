package lapidary.exporter;

import java.util.List;
import lapidary.models.ColumnInput;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.Pixels;
import lapidary.models.Signature;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/** Makes the rows of {@link ParityRows}. */
sealed interface RowSource extends ParityRows permits RealRows, RandomRows {
  /** More rows than a block is likely to treat otherwise. */
  int LARGE_BATCH = 37;

  /** An image of 64 by 64 pixels has fewer numbers. */
  int LARGE_ROW = 1 << 14;

  /** What {@link lapidary.models.Parity} calls them. */
  String kind();

  /** Rows {@code from} (inclusive) to {@code from + count} of an image input. */
  Pixels pixels(ImageInput input, int from, int count);

  /** Raw ids of rows {@code from} (inclusive) to {@code from + count} of an input of ids, perhaps unknown ones. */
  List<String> ids(IdInput input, int from, int count);

  /** Rows {@code from} (inclusive) to {@code from + count} of another input. */
  Tensor tensor(TensorInput input, int from, int count);

  /** Raw cells of rows {@code from} (inclusive) to {@code from + count} of a column, perhaps missing or unknown. */
  List<String> cells(ColumnInput input, int from, int count);

  /**
   * The batches to compare on where the batch size is open. One is large, since a block may decide by the size of a batch; less so
   * where rows are, such as photos, for the time of a comparison is mostly that of its largest batch.
   *
   * @param values how many numbers a row has
   */
  default List<Integer> batches(int values) {
    return values <= LARGE_ROW ? List.of(1, 3, 8, LARGE_BATCH) : List.of(1, 3, 9);
  }

  /** Rows of the given sizes; what grows beyond the signature is drawn. */
  default Batch batch(Signature signature, OpenAxes open, OpenAxes.Sizes sizes) {
    List<Input> inputs =
        signature.inputs().stream().map(input -> open.grown(input, sizes)).toList();
    return new Batch(inputs, in(inputs, signature), 0, Math.toIntExact(sizes.batch()));
  }

  /** Where rows in sizes come from that may be others than those of a signature: from here, or they are drawn. */
  default RowSource in(List<Input> inputs, Signature signature) {
    return inputs.equals(signature.inputs()) ? this : new RandomRows(0);
  }
}
