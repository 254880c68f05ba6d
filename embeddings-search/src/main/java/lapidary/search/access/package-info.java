/**
 * Who may do what: tokens with roles, from a file or a single one. Knows no protocol. For the servers of this module and whoever
 * starts one; begin reading at {@link lapidary.search.access.Access} and {@link lapidary.search.access.Tokens}.
 */
@NullMarked
package lapidary.search.access;

import org.jspecify.annotations.NullMarked;
