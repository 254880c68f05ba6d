package lapidary.runtime;

import java.util.List;
import lapidary.models.ElementType;
import lapidary.models.IdInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Signature;

/** Tells the two files of a recommender from each other and from any other file. Stateless. */
final class RecommenderFile {
  private RecommenderFile() {}

  /**
   * What the file says of itself, after a look at its real inputs and outputs.
   *
   * @param inputs names of all its inputs, each of ids [N]
   * @param wanted names of outputs it has to have, of float32
   * @param advice which file to give instead
   * @throws InvalidInputException if it is another file
   */
  static Signature require(
      DescribedModel model, List<String> inputs, List<String> wanted, String advice) {
    Signature signature = model
        .description()
        .map(ModelDescription::signature)
        .orElseThrow(() -> new InvalidInputException(model.name()
            + " carries no Lapidary description, so its ids are not known; " + advice));
    boolean described = inputs.stream().allMatch(name -> signature.ids(name).isPresent())
        && signature.inputs().size() == inputs.size()
        && wanted.stream().allMatch(signature::hasOutput);
    if (!described) {
      throw new InvalidInputException(model.name() + " takes "
          + signature.inputs().stream().map(input -> input.name()).toList() + " and gives "
          + signature.outputs().stream().map(Output::name).toList() + ", not ids of " + inputs
          + " and " + wanted + "; " + advice);
    }
    inputs.forEach(name -> requireInput(model, signature.ids(name).orElseThrow()));
    wanted.forEach(name -> requireOutput(model, name));
    return signature;
  }

  private static void requireInput(DescribedModel model, IdInput described) {
    TensorInfo wanted = new TensorInfo(described.name(), described.type(), List.of(-1L));
    if (!model.inputs().contains(wanted)) {
      throw contradiction(model, "input", wanted, model.inputs());
    }
  }

  private static void requireOutput(DescribedModel model, String name) {
    boolean there = model.outputs().stream()
        .anyMatch(output -> output.name().equals(name) && output.type() == ElementType.FLOAT32);
    if (!there) {
      TensorInfo wanted = new TensorInfo(name, ElementType.FLOAT32, List.of(-1L));
      throw contradiction(model, "output", wanted, model.outputs());
    }
  }

  private static InvalidInputException contradiction(
      DescribedModel model, String kind, TensorInfo wanted, List<TensorInfo> there) {
    return new InvalidInputException(model.name() + " describes the " + kind + " \""
        + wanted.name() + "\" as " + wanted.described() + " but has "
        + there.stream().map(info -> info.name() + " " + info.described()).toList()
        + "; export it again with an open batch");
  }
}
