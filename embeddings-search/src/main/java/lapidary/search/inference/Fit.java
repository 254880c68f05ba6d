package lapidary.search.inference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.runtime.Tensor;
import lapidary.runtime.TensorInfo;

/** Holds what was sent and asked for against what a model takes and gives, in the protocol's words. Stateless. */
final class Fit {
  private Fit() {}

  /** The tensors by name. @throws InvalidInputException unless they are exactly what the model takes */
  static Map<String, Tensor> inputs(
      ModelReference model, List<InputTensor> sent, List<TensorInfo> taken) {
    Map<String, Tensor> inputs = new HashMap<>();
    for (InputTensor input : sent) {
      TensorInfo info = find(input.name(), taken)
          .orElseThrow(() -> unknown(model + " has no input", input.name(), taken));
      requireFit(model, input, info);
      if (inputs.put(input.name(), input.values()) != null) {
        throw new InvalidInputException(
            InputTensor.what(input.name()) + " is there twice; send it once");
      }
    }
    for (TensorInfo info : taken) {
      if (!inputs.containsKey(info.name())) {
        throw new InvalidInputException(model + " needs " + InputTensor.what(info.name()) + ", "
            + TensorMetadata.of(info).described() + ", which is missing; send it too");
      }
    }
    return inputs;
  }

  /** The names of the outputs to compute. @throws InvalidInputException if the model does not give one, or it is asked for twice */
  static List<String> outputs(
      ModelReference model, List<RequestedOutput> asked, List<TensorInfo> given) {
    if (asked.isEmpty()) {
      return given.stream().filter(TensorInfo::readable).map(TensorInfo::name).toList();
    }
    Set<String> names = new HashSet<>();
    for (RequestedOutput output : asked) {
      TensorInfo info = find(output.name(), given)
          .orElseThrow(() -> unknown(model + " has no output", output.name(), given));
      if (!info.readable()) {
        throw new InvalidInputException("output " + Quoted.of(output.name()) + " of " + model
            + " is " + info.kind() + ", which the protocol has no datatype for; ask for others");
      }
      if (!names.add(output.name())) {
        throw new InvalidInputException(
            "output " + Quoted.of(output.name()) + " is asked for twice; ask once");
      }
    }
    return asked.stream().map(RequestedOutput::name).toList();
  }

  // No stream: this is part of every request.
  private static Optional<TensorInfo> find(String name, List<TensorInfo> all) {
    for (TensorInfo info : all) {
      if (info.name().equals(name)) {
        return Optional.of(info);
      }
    }
    return Optional.empty();
  }

  private static void requireFit(ModelReference model, InputTensor input, TensorInfo info) {
    long[] shape = input.values().shape();
    if (input.datatype().element() != info.type() || !fits(shape, info.shape())) {
      throw new InvalidInputException(model + " takes " + InputTensor.what(info.name()) + " as "
          + TensorMetadata.of(info).described() + ", not " + input.datatype() + " "
          + Arrays.toString(shape) + "; send that (-1 is any size)");
    }
  }

  private static boolean fits(long[] actual, List<Long> wanted) {
    if (actual.length != wanted.size()) {
      return false;
    }
    for (int i = 0; i < actual.length; i++) {
      if (wanted.get(i) >= 0 && wanted.get(i) != actual[i]) {
        return false;
      }
    }
    return true;
  }

  private static InvalidInputException unknown(String what, String name, List<TensorInfo> known) {
    String near = NearestName.of(
            Quoted.shown(name), known.stream().map(TensorInfo::name).toList())
        .map(found -> ", did you mean \"" + found + "\"?")
        .orElse(";");
    return new InvalidInputException(what + " " + Quoted.of(name) + near + " it has "
        + known.stream().map(TensorInfo::name).toList());
  }
}
