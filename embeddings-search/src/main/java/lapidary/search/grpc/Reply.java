package lapidary.search.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/**
 * Answers a call once.
 *
 * @param observer takes the answer
 */
record Reply<T>(StreamObserver<T> observer) {
  /** To a caller that may leave: what is answered then is dropped. */
  static <T> Reply<T> to(StreamObserver<T> observer) {
    if (observer instanceof ServerCallStreamObserver<T> call) {
      call.setOnCancelHandler(() -> {});
    }
    return new Reply<>(observer);
  }

  /** Answers with what the work gives, or with the status of what it fails by; says whether it gave something. */
  boolean with(Supplier<T> work) {
    T answer;
    try {
      Refusals.requireWanted();
      answer = work.get();
    } catch (RuntimeException | Error e) {
      refuse(e);
      return false;
    }
    observer.onNext(answer);
    observer.onCompleted();
    return true;
  }

  void refuse(Throwable failure) {
    observer.onError(Refusals.of(failure));
  }
}
