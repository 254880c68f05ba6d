package lapidary.search.grpc;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.function.Consumer;
import lapidary.models.InvalidInputException;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceImplBase;
import lapidary.search.grpc.protocol.ModelConfigRequest;
import lapidary.search.grpc.protocol.ModelConfigResponse;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.grpc.protocol.ModelMetadataRequest;
import lapidary.search.grpc.protocol.ModelMetadataResponse;
import lapidary.search.grpc.protocol.ModelReadyRequest;
import lapidary.search.grpc.protocol.ModelReadyResponse;
import lapidary.search.grpc.protocol.ModelStatisticsRequest;
import lapidary.search.grpc.protocol.ModelStatisticsResponse;
import lapidary.search.grpc.protocol.ModelStreamInferResponse;
import lapidary.search.grpc.protocol.RepositoryIndexRequest;
import lapidary.search.grpc.protocol.RepositoryIndexResponse;
import lapidary.search.grpc.protocol.RepositoryModelLoadRequest;
import lapidary.search.grpc.protocol.RepositoryModelLoadResponse;
import lapidary.search.grpc.protocol.RepositoryModelUnloadRequest;
import lapidary.search.grpc.protocol.RepositoryModelUnloadResponse;
import lapidary.search.grpc.protocol.ServerLiveRequest;
import lapidary.search.grpc.protocol.ServerLiveResponse;
import lapidary.search.grpc.protocol.ServerMetadataRequest;
import lapidary.search.grpc.protocol.ServerMetadataResponse;
import lapidary.search.grpc.protocol.ServerReadyRequest;
import lapidary.search.grpc.protocol.ServerReadyResponse;
import lapidary.search.inference.InferenceService;
import lapidary.search.inference.ModelReference;
import lapidary.search.inference.VersionStatistics;

/** The methods of the protocol. Thread-safe. */
final class InferenceCalls extends GRPCInferenceServiceImplBase {
  private static final String LOAD = "inference.GRPCInferenceService/RepositoryModelLoad/";
  private static final String UNLOAD = "inference.GRPCInferenceService/RepositoryModelUnload/";

  private final InferenceService service;
  private final CallWorkers workers;
  private final CallAudit audit;

  InferenceCalls(InferenceService service, CallWorkers workers, CallAudit audit) {
    this.service = service;
    this.workers = workers;
    this.audit = audit;
  }

  @Override
  public void serverLive(ServerLiveRequest request, StreamObserver<ServerLiveResponse> observer) {
    Reply.to(observer).with(() -> ServerLiveResponse.newBuilder().setLive(true).build());
  }

  @Override
  public void serverReady(
      ServerReadyRequest request, StreamObserver<ServerReadyResponse> observer) {
    Reply.to(observer)
        .with(() -> ServerReadyResponse.newBuilder().setReady(service.ready()).build());
  }

  @Override
  public void modelReady(ModelReadyRequest request, StreamObserver<ModelReadyResponse> observer) {
    Reply.to(observer).with(() -> {
      ModelReference model = ModelReference.of(request.getName(), request.getVersion());
      return ModelReadyResponse.newBuilder().setReady(service.ready(model)).build();
    });
  }

  @Override
  public void serverMetadata(
      ServerMetadataRequest request, StreamObserver<ServerMetadataResponse> observer) {
    Reply.to(observer).with(() -> Descriptions.of(service.server()));
  }

  @Override
  public void modelMetadata(
      ModelMetadataRequest request, StreamObserver<ModelMetadataResponse> observer) {
    Reply.to(observer)
        .with(() -> Descriptions.of(
            service.metadata(ModelReference.of(request.getName(), request.getVersion()))));
  }

  @Override
  public void modelConfig(
      ModelConfigRequest request, StreamObserver<ModelConfigResponse> observer) {
    Reply.to(observer)
        .with(() -> Descriptions.of(
            service.configuration(ModelReference.of(request.getName(), request.getVersion()))));
  }

  @Override
  public void modelStatistics(
      ModelStatisticsRequest request, StreamObserver<ModelStatisticsResponse> observer) {
    Reply.to(observer).with(() -> Descriptions.statistics(statistics(request)));
  }

  private List<VersionStatistics> statistics(ModelStatisticsRequest request) {
    return request.getName().isEmpty()
        ? service.statistics()
        : service.statistics(ModelReference.of(request.getName(), request.getVersion()));
  }

  @Override
  public void repositoryIndex(
      RepositoryIndexRequest request, StreamObserver<RepositoryIndexResponse> observer) {
    Reply.to(observer).with(() -> Descriptions.index(service.index(), request.getReady()));
  }

  @Override
  public void modelInfer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    answer(request, Reply.to(observer).observer());
  }

  @Override
  public StreamObserver<ModelInferRequest> modelStreamInfer(
      StreamObserver<ModelStreamInferResponse> observer) {
    return new InferStream(
        this::answer, (ServerCallStreamObserver<ModelStreamInferResponse>) observer);
  }

  private void answer(ModelInferRequest request, StreamObserver<ModelInferResponse> observer) {
    Reply<ModelInferResponse> reply = new Reply<>(observer);
    try {
      workers.infer(new InferCall(service, request, reply));
    } catch (RuntimeException | Error e) {
      reply.refuse(e);
    }
  }

  @Override
  public void repositoryModelLoad(
      RepositoryModelLoadRequest request, StreamObserver<RepositoryModelLoadResponse> observer) {
    change(
        LOAD + request.getModelName(),
        () -> load(request),
        RepositoryModelLoadResponse.getDefaultInstance(),
        observer);
  }

  private void load(RepositoryModelLoadRequest request) {
    if (request.getParametersCount() > 0) {
      throw new InvalidInputException("models are loaded from their folder as they are there; omit"
          + " the parameters " + request.getParametersMap().keySet());
    }
    service.load(request.getModelName());
  }

  @Override
  public void repositoryModelUnload(
      RepositoryModelUnloadRequest request,
      StreamObserver<RepositoryModelUnloadResponse> observer) {
    change(
        UNLOAD + request.getModelName(),
        () -> service.unload(request.getModelName()),
        RepositoryModelUnloadResponse.getDefaultInstance(),
        observer);
  }

  /** Changes what is served, on a worker, and tells the audit log. */
  private <T> void change(String path, Runnable work, T done, StreamObserver<T> observer) {
    Reply<T> reply = Reply.to(observer);
    Caller caller = Caller.KEY.get();
    Consumer<Status.Code> told = code -> audit.line(caller, path, code);
    try {
      workers.work(() -> reply.with(() -> changed(work, done, told)));
    } catch (RuntimeException | Error e) {
      told.accept(Refusals.of(e).getStatus().getCode());
      reply.refuse(e);
    }
  }

  private static <T> T changed(Runnable work, T done, Consumer<Status.Code> told) {
    try {
      work.run();
    } catch (RuntimeException | Error e) {
      StatusRuntimeException refusal = Refusals.of(e);
      told.accept(refusal.getStatus().getCode());
      throw refusal;
    }
    told.accept(Status.Code.OK);
    return done;
  }
}
