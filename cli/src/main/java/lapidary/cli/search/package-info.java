/**
 * {@code embed}, {@code pca}, {@code index} and {@code search}: images to vectors, vectors to collections, collections to answers.
 * The command line's root comes in, and families that read pictures.
 * Begin reading at {@link lapidary.cli.search.IndexCreateCommand}.
 */
@NullMarked
package lapidary.cli.search;

import org.jspecify.annotations.NullMarked;
