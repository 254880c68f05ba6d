/** Tables of any columns: reading, roles, splits, and the preprocessing learnt from the training rows. */
@NullMarked
package lapidary.trainer.data.tables;

import org.jspecify.annotations.NullMarked;
