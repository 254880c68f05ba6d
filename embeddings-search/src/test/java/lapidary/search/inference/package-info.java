/** Tests of models as the Open Inference Protocol sees them, and the small models that tests of all its forms run. */
@NullMarked
package lapidary.search.inference;

import org.jspecify.annotations.NullMarked;
