/**
 * Tables of any columns: reading, roles, splits, and the preprocessing learnt from the training rows. Open to all. Begin reading
 * at {@link lapidary.trainer.data.tables.TableDatasets}.
 */
@NullMarked
package lapidary.trainer.data.tables;

import org.jspecify.annotations.NullMarked;
