/**
 * Measures what BENCHMARKS.md says of speed: programs, one a table, nothing that is published.
 * Begin reading at {@link lapidary.benchmarks.ExactSearch}.
 */
@NullMarked
package lapidary.benchmarks;

import org.jspecify.annotations.NullMarked;
