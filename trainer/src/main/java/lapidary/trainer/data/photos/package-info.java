/** Photos in folders or zip files by class: finding, splitting, and decoding them batch by batch. Knows no engine. */
@NullMarked
package lapidary.trainer.data.photos;

import org.jspecify.annotations.NullMarked;
