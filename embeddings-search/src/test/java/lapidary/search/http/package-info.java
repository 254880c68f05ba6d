/** Tests of the HTTP service over real sockets. */
@NullMarked
package lapidary.search.http;

import org.jspecify.annotations.NullMarked;
