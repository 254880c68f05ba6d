@NullMarked
package lapidary.search.http.route;

import org.jspecify.annotations.NullMarked;
