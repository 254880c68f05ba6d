package lapidary.exporter;

import java.util.List;
import lapidary.models.ColumnInput;
import lapidary.models.IdInput;
import lapidary.models.ImageInput;
import lapidary.models.Input;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/** Rows that were given, for inputs of one kind; inputs of other kinds are refused. */
sealed interface RealRows extends RowSource permits ValidationRows, IdRows, TableRows, TensorRows {
  /** The error for an input that these rows do not fill. */
  InvalidInputException refusal(Input input);

  @Override
  default String kind() {
    return "validation";
  }

  @Override
  default Pixels pixels(ImageInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  default List<String> ids(IdInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  default Tensor tensor(TensorInput input, int from, int count) {
    throw refusal(input);
  }

  @Override
  default List<String> cells(ColumnInput input, int from, int count) {
    throw refusal(input);
  }
}
