package lapidary.trainer.data.tables;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lapidary.models.InvalidInputException;

/**
 * The roles that a user gave; the rest are inferred.
 *
 * @param target the column to predict
 * @param given column name to role
 */
public record RoleRequest(String target, Map<String, ColumnRole> given) {
  /** Copies the map; refuses a target that is a feature too. */
  public RoleRequest {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    ColumnRole role = given.getOrDefault(target, ColumnRole.TARGET);
    if (role != ColumnRole.TARGET) {
      throw new InvalidInputException("column \"" + target + "\" is the target and " + role.text()
          + " too; a target must not be among the columns it is predicted from");
    }
  }

  /** Only the target is known. */
  public static RoleRequest of(String target) {
    return new RoleRequest(target, Map.of());
  }

  /**
   * The same with columns in a role.
   *
   * @throws InvalidInputException if one has another role already
   */
  public RoleRequest with(ColumnRole role, List<String> columns) {
    Map<String, ColumnRole> changed = new LinkedHashMap<>(given);
    for (String column : columns) {
      ColumnRole before = changed.put(column, role);
      if (before != null && before != role) {
        throw new InvalidInputException("column \"" + column + "\" is " + before.text() + " and "
            + role.text() + "; give it one role");
      }
    }
    return new RoleRequest(target, changed);
  }
}
