/**
 * What an ONNX file is made of: weights by element type, nodes by the type that they compute in. Read in Java, of files that no native
 * code needs to see. For the root of this module, which hands its records on; stands on {@code lapidary.runtime.check}.
 * Begin reading at {@link lapidary.runtime.contents.FileContents}.
 */
@NullMarked
package lapidary.runtime.contents;

import org.jspecify.annotations.NullMarked;
