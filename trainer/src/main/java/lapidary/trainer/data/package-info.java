/** Data sets: where a name is looked for, idx files, labelled images in memory. Knows no engine. */
@NullMarked
package lapidary.trainer.data;

import org.jspecify.annotations.NullMarked;
