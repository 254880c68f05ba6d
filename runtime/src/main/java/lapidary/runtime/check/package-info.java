/**
 * What a file must be before native code sees it: structure, sizes, external data and paths of ONNX files, looked at in Java.
 * For the packages of this module only, not API; knows none of them.
 * Begin reading at {@link lapidary.runtime.check.OnnxFileCheck}.
 */
@NullMarked
package lapidary.runtime.check;

import org.jspecify.annotations.NullMarked;
