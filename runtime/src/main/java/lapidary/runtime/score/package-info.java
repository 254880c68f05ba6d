/**
 * How right a model's answers are: accuracy, log loss and ROC area of classes, errors of numbers; and how a model's answers and speed
 * differ from another's. Open to every program; stands on {@code lapidary.runtime}.
 * Begin reading at {@link lapidary.runtime.score.ClassifierScore}, for two models at {@link lapidary.runtime.score.Comparison}.
 */
@NullMarked
package lapidary.runtime.score;

import org.jspecify.annotations.NullMarked;
