/**
 * The projector, which draws points in space, outside the service: three.js from its jar, and pages that need nothing but themselves. For
 * {@code http.page} and commands that write plots; stands above {@code movies} and {@code space}. Begin reading at
 * {@link lapidary.search.projector.ProjectorPage}.
 */
@NullMarked
package lapidary.search.projector;

import org.jspecify.annotations.NullMarked;
