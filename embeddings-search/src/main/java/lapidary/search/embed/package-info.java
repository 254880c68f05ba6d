/**
 * Pictures to vectors as a stream: files, folders and archives are decoded on all processors and embedded a batch at a time. No
 * console: a listener is told what happens. Open to every program; stands on {@code lapidary.search} and {@code pca}.
 * Begin reading at {@link lapidary.search.embed.PhotoEmbedding}.
 */
@NullMarked
package lapidary.search.embed;

import org.jspecify.annotations.NullMarked;
