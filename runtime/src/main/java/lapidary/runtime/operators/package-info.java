/**
 * The checked list: which operators, attributes, types, ranks and shapes of a file that nobody vouches for ONNX Runtime is trusted
 * with. For the root package and the tests of the exporter only, not API; knows the check of files below it.
 * Begin reading at {@link lapidary.runtime.operators.CheckedList}, then {@code OperatorTable}.
 */
@NullMarked
package lapidary.runtime.operators;

import org.jspecify.annotations.NullMarked;
