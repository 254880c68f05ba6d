/**
 * Optimisers: PyTorch's formulas, the state they keep of each parameter, and the step that updates all of them. For the learner above it;
 * parameter state and updates are not API. Begin reading at {@link lapidary.trainer.optim.Optimizer}.
 */
@NullMarked
package lapidary.trainer.optim;

import org.jspecify.annotations.NullMarked;
