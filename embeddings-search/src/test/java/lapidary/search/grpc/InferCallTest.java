package lapidary.search.grpc;

import static lapidary.search.grpc.Asked.floats;
import static lapidary.search.grpc.Asked.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lapidary.search.grpc.protocol.ModelInferResponse;
import org.junit.jupiter.api.Test;

/** One request of many on a stream, whose context outlives them. */
final class InferCallTest extends TinyServed {
  private final List<ModelInferResponse> answers = new CopyOnWriteArrayList<>();

  private final StreamObserver<ModelInferResponse> observer = new StreamObserver<>() {
    @Override
    public void onNext(ModelInferResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }

    @Override
    public void onCompleted() {}
  };

  private InferCall call() {
    return new InferCall(
        tiny.models.service(), request("plus", floats(1, 2, 3)).build(), new Reply<>(observer));
  }

  /** How many wait to be told that a context ends: what gRPC keeps for its own tests. */
  private static int waiting(Context context) throws ReflectiveOperationException {
    Method count = Context.class.getDeclaredMethod("listenerCount");
    count.setAccessible(true);
    return (int) count.invoke(context);
  }

  @Test
  void whatIsAnsweredWaitsForTheEndOfTheStreamNoMore() throws Exception {
    try (Context.CancellableContext stream = Context.current().withCancellation()) {
      List<CompletableFuture<?>> coming = new ArrayList<>();
      stream.run(() -> {
        for (int i = 0; i < 20; i++) {
          coming.add(call().submit().orElseThrow());
        }
      });
      for (CompletableFuture<?> answer : coming) {
        answer.get(40, TimeUnit.SECONDS);
      }
      assertThat(answers).hasSize(20);
      assertThat(waiting(stream)).isZero();
    }
  }
}
