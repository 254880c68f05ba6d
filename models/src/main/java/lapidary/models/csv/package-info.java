/**
 * Tables in CSV files, row by row. Every room may come in; it knows errors only.
 *
 * <p>Begin reading at {@link lapidary.models.csv.CsvReader}.
 */
@NullMarked
package lapidary.models.csv;

import org.jspecify.annotations.NullMarked;
