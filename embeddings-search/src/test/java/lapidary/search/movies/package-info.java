@NullMarked
package lapidary.search.movies;

import org.jspecify.annotations.NullMarked;
