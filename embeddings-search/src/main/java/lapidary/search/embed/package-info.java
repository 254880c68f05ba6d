/**
 * Pictures to vectors as a stream: files, folders and archives are decoded and embedded on all processors, in order and in bounded
 * memory, and go on where they were cut short. No console: a listener is told what happens. Open to every program; stands on
 * {@code lapidary.search} and {@code pca}. Begin reading at {@link lapidary.search.embed.BulkEmbedding}, for a stream of one's own
 * at {@link lapidary.search.embed.EmbeddingPipeline}.
 */
@NullMarked
package lapidary.search.embed;

import org.jspecify.annotations.NullMarked;
