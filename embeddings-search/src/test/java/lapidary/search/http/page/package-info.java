/** Tests of how the page's files are sent. */
@NullMarked
package lapidary.search.http.page;

import org.jspecify.annotations.NullMarked;
