package lapidary.trainer.data.tables;

import java.util.List;

/**
 * What a table is to be read as. The known data sets bring their own.
 *
 * @param form how the file is written
 * @param roles of the columns
 * @param target how the target is to be understood
 * @param split into training and validation
 * @param minCount values of a category with fewer training rows become the unknown one
 * @param groups columns whose groups' mean target is the baseline of a regression; none for the mean of all
 */
public record TableRequest(
    TableForm form,
    RoleRequest roles,
    TargetRequest target,
    TableSplit split,
    int minCount,
    List<String> groups) {
  /** Copies the list. */
  public TableRequest {
    groups = List.copyOf(groups);
  }

  /** The same of a file whose form is known now. */
  TableRequest of(TableForm found) {
    return new TableRequest(found, roles, target, split, minCount, groups);
  }
}
