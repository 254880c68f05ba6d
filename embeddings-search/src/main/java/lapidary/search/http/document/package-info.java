/**
 * What the OpenAPI document says by itself: operations as their routes are, answers as their records are. For
 * {@code lapidary.search.http} only; begin reading at {@link lapidary.search.http.document.Operation}.
 */
@NullMarked
package lapidary.search.http.document;

import org.jspecify.annotations.NullMarked;
