/**
 * {@code export}, {@code import}, {@code inspect}, {@code verify} and {@code embeddings}: runs into files, and what is in them.
 * Only the command line's root comes in.
 * Begin reading at {@link lapidary.cli.export.ExportCommand}.
 */
@NullMarked
package lapidary.cli.export;

import org.jspecify.annotations.NullMarked;
