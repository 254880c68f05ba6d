/** What a run leaves for its reader: history, plots, the report page, TensorBoard events. Knows no engine. */
@NullMarked
package lapidary.trainer.report;

import org.jspecify.annotations.NullMarked;
