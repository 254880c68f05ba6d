/**
 * Photos in folders or zip files by class: finding, splitting, and decoding them batch by batch. Knows no engine. Open to all.
 * Begin reading at {@link lapidary.trainer.data.photos.PhotoDatasets}.
 */
@NullMarked
package lapidary.trainer.data.photos;

import org.jspecify.annotations.NullMarked;
