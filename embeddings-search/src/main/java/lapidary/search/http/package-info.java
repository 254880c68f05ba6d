/** The HTTP service over {@link lapidary.search.SearchService}: routes, limits, JSON. Decides nothing about searching. */
@NullMarked
package lapidary.search.http;

import org.jspecify.annotations.NullMarked;
