/**
 * Who is let in over HTTP, and what is written down of them: names of this machine, foreign pages, tokens in headers.
 * For {@code lapidary.search.http} only; begin reading at {@link lapidary.search.http.access.Guard}.
 */
@NullMarked
package lapidary.search.http.access;

import org.jspecify.annotations.NullMarked;
