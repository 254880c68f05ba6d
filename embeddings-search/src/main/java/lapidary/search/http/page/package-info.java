/**
 * The page that a person's browser loads: its files, and the headers that keep a browser from running anything else.
 * For {@code lapidary.search.http.Feature} only; begin reading at {@link lapidary.search.http.page.PageRoutes}.
 */
@NullMarked
package lapidary.search.http.page;

import org.jspecify.annotations.NullMarked;
