@NullMarked
package lapidary.search.http.movies;

import org.jspecify.annotations.NullMarked;
