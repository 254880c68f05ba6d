package lapidary.exporter;

import java.util.List;
import lapidary.models.ColumnInput;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/** Makes the rows of {@link ParityRows}. */
sealed interface RowSource extends ParityRows permits RealRows, RandomRows {
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

  /** The batches to compare on where the batch size is open. */
  default List<Integer> batches() {
    return List.of(1, 3, 8);
  }
}
