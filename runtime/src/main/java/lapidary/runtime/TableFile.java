package lapidary.runtime;

import java.util.List;
import lapidary.models.ColumnInput;
import lapidary.models.ElementType;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;

/** Checks that a file has the inputs and the output that its description promises. Stateless. */
final class TableFile {
  private TableFile() {}

  static void requireFits(DescribedModel model, ModelDescription description, String output) {
    for (ColumnInput column : description.signature().columns()) {
      TensorInfo wanted = new TensorInfo(column.tensor(), column.type(), List.of(-1L, 1L));
      if (!model.inputs().contains(wanted)) {
        throw new InvalidInputException(model.name() + " describes column \"" + column.name()
            + "\" as " + wanted.described() + " but has "
            + model.inputs().stream().map(TensorInfo::described).toList()
            + "; export it again with an open batch");
      }
    }
    boolean there = model.outputs().stream()
        .anyMatch(info -> info.name().equals(output) && info.type() == ElementType.FLOAT32);
    if (!there) {
      throw new InvalidInputException(model.name() + " has no output \"" + output
          + "\" of float32 but "
          + model.outputs().stream().map(TensorInfo::name).toList()
          + "; export it again");
    }
  }
}
