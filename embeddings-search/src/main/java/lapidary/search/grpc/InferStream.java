package lapidary.search.grpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.grpc.protocol.ModelStreamInferResponse;

/**
 * Requests of a stream, answered one after the other in their order: the next is read when the one before is answered and the client
 * has taken what was answered so far. What cannot be answered is told in its answer, and the stream goes on. Thread-safe.
 */
final class InferStream implements StreamObserver<ModelInferRequest> {
  /** Answers one request. */
  @FunctionalInterface
  interface Infer {
    /** Has it answered, here or elsewhere. */
    void answer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer);
  }

  private final Infer infer;
  private final ServerCallStreamObserver<ModelStreamInferResponse> client;
  private boolean working;
  private boolean waiting;
  private boolean ended;

  InferStream(Infer infer, ServerCallStreamObserver<ModelStreamInferResponse> client) {
    this.infer = infer;
    this.client = client;
    client.disableAutoRequest();
    client.setOnCancelHandler(() -> {});
    client.setOnReadyHandler(this::taken);
    client.request(1);
  }

  @Override
  public void onNext(ModelInferRequest request) {
    synchronized (this) {
      working = true;
    }
    infer.answer(request, new Answer(request));
  }

  @Override
  public void onError(Throwable failure) {
    // The client has left; what is under way is dropped at its end.
  }

  @Override
  public synchronized void onCompleted() {
    ended = true;
    if (!working) {
      client.onCompleted();
    }
  }

  private synchronized void answered(ModelStreamInferResponse response) {
    working = false;
    client.onNext(response);
    if (ended) {
      client.onCompleted();
    } else if (client.isReady()) {
      client.request(1);
    } else {
      waiting = true;
    }
  }

  private synchronized void taken() {
    if (waiting) {
      waiting = false;
      client.request(1);
    }
  }

  /** The answer to one request, or why there is none. */
  private final class Answer implements StreamObserver<ModelInferResponse> {
    private final String id;

    Answer(ModelInferRequest request) {
      this.id = request.getId();
    }

    @Override
    public void onNext(ModelInferResponse response) {
      answered(ModelStreamInferResponse.newBuilder().setInferResponse(response).build());
    }

    /** Clients tell by the id which of their requests it was. */
    @Override
    public void onError(Throwable failure) {
      String sentence = Refusals.of(failure).getStatus().getDescription();
      answered(ModelStreamInferResponse.newBuilder()
          .setErrorMessage(String.valueOf(sentence))
          .setInferResponse(ModelInferResponse.newBuilder().setId(id))
          .build());
    }

    @Override
    public void onCompleted() {
      // One request has one answer.
    }
  }
}
