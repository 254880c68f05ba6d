package lapidary.search.grpc;

import static lapidary.search.grpc.Asked.floats;
import static lapidary.search.grpc.Asked.plus;
import static lapidary.search.grpc.Asked.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lapidary.search.grpc.protocol.InferParameter;
import lapidary.search.grpc.protocol.ModelConfigRequest;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferRequestedOutputTensor;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.grpc.protocol.ModelMetadataRequest;
import lapidary.search.grpc.protocol.ModelReadyRequest;
import lapidary.search.grpc.protocol.ModelStatistics;
import lapidary.search.grpc.protocol.ModelStatisticsRequest;
import lapidary.search.grpc.protocol.ModelStreamInferResponse;
import lapidary.search.grpc.protocol.RepositoryIndexRequest;
import lapidary.search.grpc.protocol.RepositoryIndexResponse;
import lapidary.search.grpc.protocol.RepositoryModelLoadRequest;
import lapidary.search.grpc.protocol.RepositoryModelUnloadRequest;
import lapidary.search.grpc.protocol.ServerLiveRequest;
import lapidary.search.grpc.protocol.ServerMetadataRequest;
import lapidary.search.grpc.protocol.ServerReadyRequest;
import lapidary.search.inference.TinyModel;
import lapidary.search.metrics.Metrics;
import org.junit.jupiter.api.Test;

final class GrpcServerTest extends TinyServed {
  @Test
  void callsAreMeasuredByMethodAndStatus() {
    try (Metrics metrics = new Metrics();
        GrpcServer measured =
            GrpcServer.start(tiny.models.service(), GrpcOptions.loopback(0), metrics);
        GrpcClient caller = new GrpcClient(measured.port())) {
      caller.calls().modelInfer(plus(1));
      Status unknown =
          GrpcClient.refusal(() -> caller.calls().modelInfer(request("none").build()));
      assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
      String route = "uri=\"inference.GRPCInferenceService/ModelInfer\"";
      assertThat(metrics.text().lines())
          .anyMatch(line -> line.startsWith("grpc_server_requests_seconds_count{")
              && line.contains(route)
              && line.contains("status=\"OK\"")
              && line.endsWith(" 1"))
          .anyMatch(line -> line.startsWith("grpc_server_requests_seconds_count{")
              && line.contains(route)
              && line.contains("status=\"NOT_FOUND\"")
              && line.endsWith(" 1"));
    }
  }

  @Test
  void classesAreAskedForByAParameterOfAnOutput() {
    tiny.models.with("sides", 1, TinyModel.classifier());
    ModelInferResponse answer = tiny.infer(request("sides", floats(1, 5, 2))
        .addOutputs(InferRequestedOutputTensor.newBuilder()
            .setName("logits")
            .putParameters(
                "classification", InferParameter.newBuilder().setInt64Param(2).build())));
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo("BYTES");
    assertThat(answer.getOutputs(0).getContents().getBytesContentsList())
        .extracting(ByteString::toStringUtf8)
        .containsExactly("5.000000:1:middle", "2.000000:2:right");
  }

  @Test
  void aServerTellsOfItselfAndItsModels() {
    var calls = tiny.client.calls();
    assertThat(calls.serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
        .isTrue();
    assertThat(calls.serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
        .isTrue();
    assertThat(calls.serverMetadata(ServerMetadataRequest.getDefaultInstance()).getName())
        .isEqualTo("lapidary");
    var model =
        calls.modelMetadata(ModelMetadataRequest.newBuilder().setName("plus").build());
    assertThat(model.getPlatform()).isEqualTo("onnxruntime_onnx");
    assertThat(model.getVersionsList()).containsExactly("1");
    assertThat(model.getInputs(0).getShapeList()).containsExactly(-1L, 3L);
    assertThat(model.getOutputs(0).getDatatype()).isEqualTo("FP32");
    var config = calls
        .modelConfig(ModelConfigRequest.newBuilder().setName("plus").build())
        .getConfig();
    assertThat(config.getInput(0).getDataType()).hasToString("TYPE_FP32");
    assertThat(config.getOutput(0).getDimsList()).containsExactly(-1L, 3L);
    assertThat(config.getMaxBatchSize()).isZero();
    assertThat(ready("plus", "1")).isTrue();
    Status unknown = GrpcClient.refusal(() -> ready("plus", "2"));
    assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private boolean ready(String model, String version) {
    return tiny.client
        .calls()
        .modelReady(
            ModelReadyRequest.newBuilder().setName(model).setVersion(version).build())
        .getReady();
  }

  @Test
  void statisticsAreThoseOfTheCalls() {
    tiny.infer(plus(1).toBuilder());
    tiny.infer(plus(2).toBuilder());
    ModelStatistics done = tiny.client
        .calls()
        .modelStatistics(ModelStatisticsRequest.newBuilder().setName("plus").build())
        .getModelStats(0);
    assertThat(done.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
    assertThat(done.getInferenceStats().getComputeInfer().getNs()).isPositive();
    assertThat(done.getBatchStats(0).getBatchSize()).isEqualTo(1);
    assertThat(done.getBatchStats(0).getComputeInfer().getCount()).isEqualTo(2);
    assertThat(tiny.client
            .calls()
            .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
            .getModelStatsCount())
        .isEqualTo(1);
  }

  @Test
  void modelsAreUnloadedAndLoaded() {
    tiny.client
        .calls()
        .repositoryModelUnload(
            RepositoryModelUnloadRequest.newBuilder().setModelName("plus").build());
    tiny.models.awaitUnloaded();
    assertThat(index(false).getModels(0).getState()).isEqualTo("UNAVAILABLE");
    assertThat(index(false).getModels(0).getReason()).isEqualTo("unloaded");
    assertThat(index(true).getModelsCount()).isZero();
    tiny.assertRefused(Status.Code.NOT_FOUND, "unknown model", plus(1).toBuilder());
    tiny.client
        .calls()
        .repositoryModelLoad(
            RepositoryModelLoadRequest.newBuilder().setModelName("plus").build());
    assertThat(index(true).getModels(0).getState()).isEqualTo("READY");
    Status unknown = GrpcClient.refusal(() -> tiny.client
        .calls()
        .repositoryModelLoad(
            RepositoryModelLoadRequest.newBuilder().setModelName("no").build()));
    assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private RepositoryIndexResponse index(boolean ready) {
    return tiny.client
        .calls()
        .repositoryIndex(RepositoryIndexRequest.newBuilder().setReady(ready).build());
  }

  @Test
  void aModelThatIsBeingOpenedIsUnavailable() {
    CompletableFuture<Void> opening = tiny.models.opening("late", TinyModel.add(2));
    assertThat(ready("late", "")).isFalse();
    assertThat(tiny.client
            .calls()
            .serverReady(ServerReadyRequest.getDefaultInstance())
            .getReady())
        .as("what was there at first is served")
        .isTrue();
    tiny.assertRefused(
        Status.Code.UNAVAILABLE, "model \"late\", is not ready", request("late", floats(1, 2, 3)));
    tiny.models.letOpen();
    opening.join();
    assertThat(tiny.infer(request("late", floats(1, 2, 3)))
            .getOutputs(0)
            .getContents()
            .getFp32Contents(2))
        .isEqualTo(5);
  }

  @Test
  void aStreamIsAnsweredInOrderAndGoesOnAfterAFault() throws Exception {
    BlockingQueue<ModelStreamInferResponse> answers = new LinkedBlockingQueue<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ModelInferRequest> stream =
        tiny.client.streams().modelStreamInfer(observer(answers, ended));
    stream.onNext(plus(1));
    stream.onNext(request("none", floats(1)).setId("wrong").build());
    stream.onNext(plus(2));
    stream.onCompleted();
    ended.get(50, TimeUnit.SECONDS);
    List<String> told = new ArrayList<>();
    for (ModelStreamInferResponse answer : answers) {
      ModelInferResponse response = answer.getInferResponse();
      told.add(response.getId() + ": "
          + (response.getOutputsCount() == 0
              ? answer.getErrorMessage().split(";", 2)[0]
              : response.getOutputs(0).getContents().getFp32Contents(0)));
    }
    assertThat(told)
        .containsExactly(
            "of 1.0: 2.0", "wrong: unknown model \"none\". Known: plus", "of 2.0: 3.0");
  }

  private static <T> StreamObserver<T> observer(
      BlockingQueue<T> answers, CompletableFuture<Void> ended) {
    return new StreamObserver<>() {
      @Override
      public void onNext(T answer) {
        answers.add(answer);
      }

      @Override
      public void onError(Throwable failure) {
        ended.completeExceptionally(failure);
      }

      @Override
      public void onCompleted() {
        ended.complete(null);
      }
    };
  }

  @Test
  void probesAskGrpcsOwnHealthService() {
    var health = HealthGrpc.newBlockingStub(tiny.client.channel);
    for (String service : List.of("", "inference.GRPCInferenceService")) {
      HealthCheckRequest asked =
          HealthCheckRequest.newBuilder().setService(service).build();
      assertThat(health.check(asked).getStatus()).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void toolsFindTheMethodsByReflection() throws Exception {
    BlockingQueue<ServerReflectionResponse> answers = new LinkedBlockingQueue<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ServerReflectionRequest> asking = ServerReflectionGrpc.newStub(
            tiny.client.channel)
        .serverReflectionInfo(observer(answers, ended));
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    asking.onCompleted();
    ended.get(50, TimeUnit.SECONDS);
    assertThat(answers.remove().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
  }
}
