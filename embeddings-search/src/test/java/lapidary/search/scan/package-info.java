@NullMarked
package lapidary.search.scan;

import org.jspecify.annotations.NullMarked;
