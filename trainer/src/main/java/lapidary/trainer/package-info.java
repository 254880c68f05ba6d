/**
 * Trains DJL blocks: {@link lapidary.trainer.Training} runs a documented model from a plan to a checkpoint folder,
 * {@link lapidary.trainer.learn.Learner} any block with any loss. Knows DJL, never ONNX. Begin reading at
 * {@link lapidary.trainer.Training}.
 *
 * <h2>Numbers in networks of your own</h2>
 *
 * <p>In a block or a loss that trains, take {@link lapidary.trainer.block.Constant} instead of DJL's {@code mul(Number)} and its like: those
 * free the number before the backward pass has read it, and now and then a gradient is wrong.
 *
 * <h2>What has not been run</h2>
 *
 * <p>Training was run on CPUs and on one CUDA device. Dividing batches among several of them ({@link
 * lapidary.trainer.learn.LearnerOptions#replicas()}), all of TF32, and what is said of a full memory, were not; the division is tested with
 * several sets of parameters on one CPU. There is no mixed precision: DJL has neither autocast nor a loss scaler, so weights are
 * float32 throughout, and so is arithmetic but for TF32.
 */
@NullMarked
package lapidary.trainer;

import org.jspecify.annotations.NullMarked;
