@NullMarked
package lapidary.search.http.document;

import org.jspecify.annotations.NullMarked;
