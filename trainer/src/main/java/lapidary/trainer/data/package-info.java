/**
 * Data sets: where a name is looked for, idx files, labelled images in memory. Knows no engine. Open to all. Begin reading at
 * {@link lapidary.trainer.data.ImageDatasets}.
 */
@NullMarked
package lapidary.trainer.data;

import org.jspecify.annotations.NullMarked;
