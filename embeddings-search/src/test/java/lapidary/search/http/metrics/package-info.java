@NullMarked
package lapidary.search.http.metrics;

import org.jspecify.annotations.NullMarked;
