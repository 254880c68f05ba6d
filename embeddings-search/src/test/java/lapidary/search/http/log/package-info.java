@NullMarked
package lapidary.search.http.log;

import org.jspecify.annotations.NullMarked;
