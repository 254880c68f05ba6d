package lapidary.search.grpc;

import io.grpc.Context;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.inference.InferenceAnswer;
import lapidary.search.inference.InferenceService;
import org.jspecify.annotations.Nullable;

/**
 * A request to run a model, and whom it is answered to.
 *
 * @param service has the model
 */
record InferCall(
    InferenceService service, ModelInferRequest request, Reply<ModelInferResponse> reply)
    implements CallWorkers.Call {
  @Override
  public int bytes() {
    return request.getSerializedSize();
  }

  /** A caller that leaves takes its row back. */
  @Override
  public Optional<CompletableFuture<?>> submit() {
    return service.submit(InferRequests.read(request)).map(coming -> {
      Context context = Context.current();
      Context.CancellationListener leaving = left -> coming.cancel(false);
      context.addListener(leaving, Runnable::run);
      return coming.whenComplete((answer, failure) -> {
        // A stream's context outlives its requests.
        context.removeListener(leaving);
        reply(answer, failure);
      });
    });
  }

  @Override
  public void run() {
    reply.with(() -> written(service.infer(InferRequests.read(request))));
  }

  private void reply(@Nullable InferenceAnswer answer, @Nullable Throwable failure) {
    if (answer != null) {
      reply.with(() -> written(answer));
    } else if (failure instanceof CompletionException && failure.getCause() != null) {
      reply.refuse(failure.getCause());
    } else if (failure != null) {
      reply.refuse(failure);
    }
  }

  private ModelInferResponse written(InferenceAnswer answer) {
    return InferAnswers.write(answer, request.getRawInputContentsCount() > 0);
  }
}
