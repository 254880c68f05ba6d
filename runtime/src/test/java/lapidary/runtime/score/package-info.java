@NullMarked
package lapidary.runtime.score;

import org.jspecify.annotations.NullMarked;
