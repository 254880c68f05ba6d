/**
 * Damaged ONNX files by the thousand: what opening does with each of them, in processes that may die of it.
 * Nobody comes in but by the command line.
 * Begin reading at {@link lapidary.benchmarks.mutants.Mutants}.
 */
@NullMarked
package lapidary.benchmarks.mutants;

import org.jspecify.annotations.NullMarked;
