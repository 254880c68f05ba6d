package lapidary.runtime;

import java.util.List;
import java.util.Optional;
import lapidary.models.ModelDescription;

/**
 * What a front door reads before it answers.
 *
 * @param name what to call the model in an error, such as its path
 * @param description what it is, if that is known
 * @param runs runs it, and says what goes in and comes out
 */
record DescribedModel(String name, Optional<ModelDescription> description, Inference runs) {
  static DescribedModel of(Model model) {
    return new DescribedModel(model.file().toString(), model.description(), model);
  }

  static DescribedModel of(Inference runs, ModelDescription description) {
    return new DescribedModel(
        "the given " + description.architecture().name(), Optional.of(description), runs);
  }

  List<TensorInfo> inputs() {
    return runs.inputs();
  }

  List<TensorInfo> outputs() {
    return runs.outputs();
  }
}
