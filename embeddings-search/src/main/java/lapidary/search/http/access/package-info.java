/**
 * Who may do what: tokens with roles, the names that this machine is called by, and what tells a foreign page's request. Knows no
 * server. For {@code lapidary.search.http} and whoever starts one; begin reading at {@link lapidary.search.http.access.Tokens}.
 */
@NullMarked
package lapidary.search.http.access;

import org.jspecify.annotations.NullMarked;
