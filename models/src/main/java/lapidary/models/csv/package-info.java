/** Tables in CSV files, row by row. */
@NullMarked
package lapidary.models.csv;

import org.jspecify.annotations.NullMarked;
