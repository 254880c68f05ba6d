@NullMarked
package lapidary.runtime.contents;

import org.jspecify.annotations.NullMarked;
