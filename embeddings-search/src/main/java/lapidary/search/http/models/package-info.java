/**
 * The routes of the Open Inference Protocol: requests to run models as JSON with raw bytes behind it, answers in the form that was asked
 * for. For {@code lapidary.search.http.Feature} only; begin reading at {@link lapidary.search.http.models.ModelRoutes}.
 */
@NullMarked
package lapidary.search.http.models;

import org.jspecify.annotations.NullMarked;
