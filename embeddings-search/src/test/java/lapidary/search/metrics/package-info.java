@NullMarked
package lapidary.search.metrics;

import org.jspecify.annotations.NullMarked;
