package lapidary.trainer.data.tables;

import java.util.List;
import lapidary.models.csv.CsvLayout;

/**
 * What a table is to be read as. The known data sets bring their own.
 *
 * @param layout how the file is written down
 * @param roles of the columns
 * @param target how the target is to be understood
 * @param split into training and validation
 * @param minCount values of a category with fewer training rows become the unknown one
 * @param groups columns whose groups' mean target is the baseline of a regression; none for the mean of all
 */
public record TableRequest(
    CsvLayout layout,
    RoleRequest roles,
    TargetRequest target,
    TableSplit split,
    int minCount,
    List<String> groups) {
  /** Copies the list. */
  public TableRequest {
    groups = List.copyOf(groups);
  }
}
