/**
 * How connections are listened at, and kept from holding up others: heads, bodies and answers that come or go slowly, and stopping. For
 * {@code lapidary.search.http} only; begin reading at {@link lapidary.search.http.jetty.Listening}.
 */
@NullMarked
package lapidary.search.http.jetty;

import org.jspecify.annotations.NullMarked;
