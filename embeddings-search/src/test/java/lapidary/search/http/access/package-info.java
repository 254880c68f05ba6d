@NullMarked
package lapidary.search.http.access;

import org.jspecify.annotations.NullMarked;
