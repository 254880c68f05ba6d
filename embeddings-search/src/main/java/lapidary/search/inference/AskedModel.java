package lapidary.search.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Task;
import lapidary.runtime.Tensor;
import lapidary.runtime.serving.registry.ModelLease;

/**
 * A model and what it is asked, seen to fit.
 *
 * @param lease the caller's, open until the answer is there
 * @param inputs as the model takes them
 * @param wanted names of outputs
 */
record AskedModel(
    ModelLease lease, InferenceRequest request, Map<String, Tensor> inputs, List<String> wanted) {
  /** @throws InvalidInputException if the model does not take or give what the request says */
  static AskedModel of(ModelLease lease, InferenceRequest request) {
    ModelReference model = request.model();
    List<String> wanted = Fit.outputs(model, request.outputs(), lease.outputs());
    return new AskedModel(
        lease, request, Fit.inputs(model, request.inputs(), lease.inputs()), wanted);
  }

  InferenceAnswer run() {
    try {
      return answer(lease.run(inputs, wanted));
    } catch (RuntimeException e) {
      throw told(e);
    }
  }

  /** As {@link InferenceService#submit} has it. */
  Optional<CompletableFuture<InferenceAnswer>> submit() {
    return lease.submit(inputs, wanted).map(this::answered);
  }

  private CompletableFuture<InferenceAnswer> answered(CompletableFuture<Map<String, Tensor>> rows) {
    CompletableFuture<InferenceAnswer> answer = rows.handle((given, failed) -> {
      if (failed != null) {
        throw new CompletionException(failed instanceof RuntimeException e ? told(e) : failed);
      }
      return answer(given);
    });
    // An answer that is cancelled takes its row back; rows that ran are past that.
    var unused = answer.whenComplete((given, failed) -> rows.cancel(false));
    return answer;
  }

  private InferenceAnswer answer(Map<String, Tensor> answers) {
    List<OutputTensor> outputs = new ArrayList<>(wanted.size());
    for (String name : wanted) {
      outputs.add(output(name, answers));
    }
    for (int i = 0; i < request.outputs().size(); i++) {
      int classes = request.outputs().get(i).classes();
      if (classes > 0) {
        outputs.set(i, classes(outputs.get(i), classes));
      }
    }
    return new InferenceAnswer(lease.name(), lease.version(), request.id(), outputs);
  }

  private static OutputTensor output(String name, Map<String, Tensor> answers) {
    Tensor values = answers.get(name);
    if (values == null) {
      throw new IllegalStateException("the model gave no output " + name);
    }
    Datatype datatype = Datatype.of(values.type())
        .orElseThrow(() -> new IllegalStateException("an output of type " + values.type()));
    return new OutputTensor(name, datatype, values);
  }

  private OutputTensor classes(OutputTensor output, int most) {
    boolean rows = lease.outputs().stream()
        .filter(info -> info.name().equals(output.name()))
        .anyMatch(info -> !info.shape().isEmpty() && info.shape().get(0) < 0);
    return Classes.of(output, rows, most, labels());
  }

  private List<String> labels() {
    Optional<ModelDescription> description = lease.lend((model, unused) -> model.description());
    return description
        .filter(described -> described.task() == Task.CLASSIFICATION)
        .map(described -> described.labels().names())
        .orElse(List.of());
  }

  /** What a caller is told of a failure: nothing of the server's folders. */
  private RuntimeException told(RuntimeException failure) {
    if (failure instanceof InvalidInputException) {
      return new InvalidInputException(withoutPlace(failure), failure);
    }
    if (failure instanceof EnvironmentException) {
      return new EnvironmentException(withoutPlace(failure), failure);
    }
    return failure;
  }

  private String withoutPlace(Throwable e) {
    String place = lease.lend((model, unused) -> model.file().toString());
    return String.valueOf(e.getMessage()).replace(place, "model \"" + lease.name() + '"');
  }
}
