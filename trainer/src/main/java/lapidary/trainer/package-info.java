/**
 * Trains DJL blocks: {@link lapidary.trainer.Training} runs a documented model from a plan to a checkpoint folder,
 * {@link lapidary.trainer.Learner} any block with any loss. Knows DJL, never ONNX.
 */
@NullMarked
package lapidary.trainer;

import org.jspecify.annotations.NullMarked;
