/**
 * The HTTP service: features with their routes, limits, JSON and the OpenAPI document. Decides nothing about searching. Open to every
 * program; begin reading at {@link lapidary.search.http.SearchServer} and {@link lapidary.search.http.Feature}.
 */
@NullMarked
package lapidary.search.http;

import org.jspecify.annotations.NullMarked;
