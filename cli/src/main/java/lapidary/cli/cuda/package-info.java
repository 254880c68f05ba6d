/**
 * The command {@code cuda install}: fetching pinned jars, checking and unpacking them into the cache. For {@code lapidary.cli} alone.
 * Begin reading at {@link lapidary.cli.cuda.CudaInstallCommand}, then {@link lapidary.cli.cuda.Installation}.
 */
@NullMarked
package lapidary.cli.cuda;

import org.jspecify.annotations.NullMarked;
