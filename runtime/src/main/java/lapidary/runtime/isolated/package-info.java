/**
 * A process of its own for what may end it: started, limited, watched, and explained when it died. For the root package only, not
 * API; knows nothing of models.
 * Begin reading at {@link lapidary.runtime.isolated.IsolatedProgram}.
 */
@NullMarked
package lapidary.runtime.isolated;

import org.jspecify.annotations.NullMarked;
