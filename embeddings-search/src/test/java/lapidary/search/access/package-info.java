@NullMarked
package lapidary.search.access;

import org.jspecify.annotations.NullMarked;
