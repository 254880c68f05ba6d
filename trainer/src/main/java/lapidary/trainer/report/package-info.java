/**
 * What a run leaves for its reader: history, plots, the report page, TensorBoard events. Knows no engine. For the run above it.
 * Begin reading at {@link lapidary.trainer.report.Report}.
 */
@NullMarked
package lapidary.trainer.report;

import org.jspecify.annotations.NullMarked;
