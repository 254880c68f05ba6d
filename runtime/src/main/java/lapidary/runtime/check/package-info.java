/**
 * What a file must be before anything else looks at it: structure, sizes, external data and paths of ONNX files, looked at in Java.
 * Whether native code may see it is a matter of {@code lapidary.runtime.operators}, above.
 * For the packages of this module only, not API; knows none of them.
 * Begin reading at {@link lapidary.runtime.check.OnnxFileCheck}.
 */
@NullMarked
package lapidary.runtime.check;

import org.jspecify.annotations.NullMarked;
