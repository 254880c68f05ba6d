/**
 * What a route is: a row of the table of what is served, its limits, and the exchange that a handler sees. For the feature rooms of
 * {@code lapidary.search.http}; of it only {@link lapidary.search.http.route.ServerLimits} is for programs. Begin reading at
 * {@link lapidary.search.http.route.Route} and {@link lapidary.search.http.route.Exchange}.
 */
@NullMarked
package lapidary.search.http.route;

import org.jspecify.annotations.NullMarked;
