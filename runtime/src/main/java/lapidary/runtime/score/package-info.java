/**
 * How right a model's answers are: accuracy, log loss and ROC area of classes, errors of numbers. Open to every program; stands on
 * {@code lapidary.runtime}. Begin reading at {@link lapidary.runtime.score.ClassifierScore}.
 */
@NullMarked
package lapidary.runtime.score;

import org.jspecify.annotations.NullMarked;
