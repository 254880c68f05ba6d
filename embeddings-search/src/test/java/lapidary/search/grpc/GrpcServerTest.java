package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.grpc.protocol.InferParameter;
import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelConfigRequest;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;
import lapidary.search.grpc.protocol.ModelInferRequest.InferRequestedOutputTensor;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.grpc.protocol.ModelMetadataRequest;
import lapidary.search.grpc.protocol.ModelReadyRequest;
import lapidary.search.grpc.protocol.ModelStatistics;
import lapidary.search.grpc.protocol.ModelStatisticsRequest;
import lapidary.search.grpc.protocol.ModelStreamInferResponse;
import lapidary.search.grpc.protocol.Protocol;
import lapidary.search.grpc.protocol.RepositoryIndexRequest;
import lapidary.search.grpc.protocol.RepositoryIndexResponse;
import lapidary.search.grpc.protocol.RepositoryModelLoadRequest;
import lapidary.search.grpc.protocol.RepositoryModelUnloadRequest;
import lapidary.search.grpc.protocol.ServerLiveRequest;
import lapidary.search.grpc.protocol.ServerMetadataRequest;
import lapidary.search.grpc.protocol.ServerReadyRequest;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;
import lapidary.search.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class GrpcServerTest {
  @TempDir
  Path folder;

  private TinyRegistry models;
  private GrpcServer server;
  private GrpcClient client;

  @BeforeEach
  void start() throws IOException {
    models = TinyRegistry.over(folder).with("plus", 1, TinyModel.add(1));
    server = GrpcServer.start(models.service(), GrpcOptions.loopback(0));
    client = new GrpcClient(server.port());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
    models.close();
  }

  private static ModelInferRequest.Builder request(
      String model, InferInputTensor.Builder... inputs) {
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName(model);
    for (InferInputTensor.Builder input : inputs) {
      request.addInputs(input);
    }
    return request;
  }

  private static InferInputTensor.Builder input(String datatype, long... shape) {
    InferInputTensor.Builder input =
        InferInputTensor.newBuilder().setName("x").setDatatype(datatype);
    for (long dimension : shape) {
      input.addShape(dimension);
    }
    return input;
  }

  private static InferInputTensor.Builder floats(float... values) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (float value : values) {
      contents.addFp32Contents(value);
    }
    return input("FP32", 1, values.length).setContents(contents);
  }

  private static ModelInferRequest plus(float first) {
    return request("plus", floats(first, 0, 0)).setId("of " + first).build();
  }

  @Test
  void callsAreMeasuredByMethodAndStatus() {
    try (Metrics metrics = new Metrics();
        GrpcServer measured = GrpcServer.start(models.service(), GrpcOptions.loopback(0), metrics);
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

  private ModelInferResponse infer(ModelInferRequest.Builder request) {
    return client.calls().modelInfer(request.build());
  }

  /** What the two published schemas say: message, field, number, type. A field of another number is read as nothing by any client. */
  @ParameterizedTest
  @CsvSource({
    "ModelInferRequest, model_name, 1, STRING",
    "ModelInferRequest, model_version, 2, STRING",
    "ModelInferRequest, id, 3, STRING",
    "ModelInferRequest, parameters, 4, MESSAGE",
    "ModelInferRequest, inputs, 5, MESSAGE",
    "ModelInferRequest, outputs, 6, MESSAGE",
    "ModelInferRequest, raw_input_contents, 7, BYTES",
    "ModelInferRequest.InferInputTensor, name, 1, STRING",
    "ModelInferRequest.InferInputTensor, datatype, 2, STRING",
    "ModelInferRequest.InferInputTensor, shape, 3, INT64",
    "ModelInferRequest.InferInputTensor, parameters, 4, MESSAGE",
    "ModelInferRequest.InferInputTensor, contents, 5, MESSAGE",
    "ModelInferRequest.InferRequestedOutputTensor, name, 1, STRING",
    "ModelInferRequest.InferRequestedOutputTensor, parameters, 2, MESSAGE",
    "ModelInferResponse, model_name, 1, STRING",
    "ModelInferResponse, model_version, 2, STRING",
    "ModelInferResponse, id, 3, STRING",
    "ModelInferResponse, parameters, 4, MESSAGE",
    "ModelInferResponse, outputs, 5, MESSAGE",
    "ModelInferResponse, raw_output_contents, 6, BYTES",
    "ModelInferResponse.InferOutputTensor, name, 1, STRING",
    "ModelInferResponse.InferOutputTensor, datatype, 2, STRING",
    "ModelInferResponse.InferOutputTensor, shape, 3, INT64",
    "ModelInferResponse.InferOutputTensor, parameters, 4, MESSAGE",
    "ModelInferResponse.InferOutputTensor, contents, 5, MESSAGE",
    "InferTensorContents, bool_contents, 1, BOOL",
    "InferTensorContents, int_contents, 2, INT32",
    "InferTensorContents, int64_contents, 3, INT64",
    "InferTensorContents, uint_contents, 4, UINT32",
    "InferTensorContents, uint64_contents, 5, UINT64",
    "InferTensorContents, fp32_contents, 6, FLOAT",
    "InferTensorContents, fp64_contents, 7, DOUBLE",
    "InferTensorContents, bytes_contents, 8, BYTES",
    "InferParameter, bool_param, 1, BOOL",
    "InferParameter, int64_param, 2, INT64",
    "InferParameter, string_param, 3, STRING",
    "InferParameter, double_param, 4, DOUBLE",
    "InferParameter, uint64_param, 5, UINT64",
    "ModelStreamInferResponse, error_message, 1, STRING",
    "ModelStreamInferResponse, infer_response, 2, MESSAGE",
    "ServerLiveResponse, live, 1, BOOL",
    "ServerReadyResponse, ready, 1, BOOL",
    "ModelReadyRequest, name, 1, STRING",
    "ModelReadyRequest, version, 2, STRING",
    "ModelReadyResponse, ready, 1, BOOL",
    "ServerMetadataResponse, name, 1, STRING",
    "ServerMetadataResponse, version, 2, STRING",
    "ServerMetadataResponse, extensions, 3, STRING",
    "ModelMetadataRequest, name, 1, STRING",
    "ModelMetadataRequest, version, 2, STRING",
    "ModelMetadataResponse, name, 1, STRING",
    "ModelMetadataResponse, versions, 2, STRING",
    "ModelMetadataResponse, platform, 3, STRING",
    "ModelMetadataResponse, inputs, 4, MESSAGE",
    "ModelMetadataResponse, outputs, 5, MESSAGE",
    "ModelMetadataResponse.TensorMetadata, name, 1, STRING",
    "ModelMetadataResponse.TensorMetadata, datatype, 2, STRING",
    "ModelMetadataResponse.TensorMetadata, shape, 3, INT64",
    "ModelConfigRequest, name, 1, STRING",
    "ModelConfigRequest, version, 2, STRING",
    "ModelConfigResponse, config, 1, MESSAGE",
    "ModelConfig, name, 1, STRING",
    "ModelConfig, platform, 2, STRING",
    "ModelConfig, max_batch_size, 4, INT32",
    "ModelConfig, input, 5, MESSAGE",
    "ModelConfig, output, 6, MESSAGE",
    "ModelConfig, backend, 17, STRING",
    "ModelInput, name, 1, STRING",
    "ModelInput, data_type, 2, ENUM",
    "ModelInput, dims, 4, INT64",
    "ModelOutput, name, 1, STRING",
    "ModelOutput, data_type, 2, ENUM",
    "ModelOutput, dims, 3, INT64",
    "ModelStatisticsRequest, name, 1, STRING",
    "ModelStatisticsRequest, version, 2, STRING",
    "ModelStatisticsResponse, model_stats, 1, MESSAGE",
    "ModelStatistics, name, 1, STRING",
    "ModelStatistics, version, 2, STRING",
    "ModelStatistics, last_inference, 3, UINT64",
    "ModelStatistics, inference_count, 4, UINT64",
    "ModelStatistics, execution_count, 5, UINT64",
    "ModelStatistics, inference_stats, 6, MESSAGE",
    "ModelStatistics, batch_stats, 7, MESSAGE",
    "InferStatistics, success, 1, MESSAGE",
    "InferStatistics, fail, 2, MESSAGE",
    "InferStatistics, queue, 3, MESSAGE",
    "InferStatistics, compute_input, 4, MESSAGE",
    "InferStatistics, compute_infer, 5, MESSAGE",
    "InferStatistics, compute_output, 6, MESSAGE",
    "InferBatchStatistics, batch_size, 1, UINT64",
    "InferBatchStatistics, compute_input, 2, MESSAGE",
    "InferBatchStatistics, compute_infer, 3, MESSAGE",
    "InferBatchStatistics, compute_output, 4, MESSAGE",
    "StatisticDuration, count, 1, UINT64",
    "StatisticDuration, ns, 2, UINT64",
    "RepositoryIndexRequest, repository_name, 1, STRING",
    "RepositoryIndexRequest, ready, 2, BOOL",
    "RepositoryIndexResponse, models, 1, MESSAGE",
    "RepositoryIndexResponse.ModelIndex, name, 1, STRING",
    "RepositoryIndexResponse.ModelIndex, version, 2, STRING",
    "RepositoryIndexResponse.ModelIndex, state, 3, STRING",
    "RepositoryIndexResponse.ModelIndex, reason, 4, STRING",
    "RepositoryModelLoadRequest, repository_name, 1, STRING",
    "RepositoryModelLoadRequest, model_name, 2, STRING",
    "RepositoryModelLoadRequest, parameters, 3, MESSAGE",
    "RepositoryModelUnloadRequest, repository_name, 1, STRING",
    "RepositoryModelUnloadRequest, model_name, 2, STRING",
    "RepositoryModelUnloadRequest, parameters, 3, MESSAGE"
  })
  void everyFieldHasItsPublishedNumber(String message, String field, int number, String type) {
    FileDescriptor file = Protocol.getDescriptor();
    assertThat(file.getPackage()).isEqualTo("inference");
    String[] path = message.split("\\.", 2);
    var descriptor = file.findMessageTypeByName(path[0]);
    FieldDescriptor found = (path.length == 1
            ? descriptor
            : descriptor.findNestedTypeByName(path[1]))
        .findFieldByName(field);
    assertThat(found.getNumber()).isEqualTo(number);
    assertThat(found.getType()).hasToString(type);
  }

  @ParameterizedTest
  @CsvSource({
    "ServerLive",
    "ServerReady",
    "ModelReady",
    "ServerMetadata",
    "ModelMetadata",
    "ModelInfer",
    "ModelStreamInfer",
    "ModelConfig",
    "ModelStatistics",
    "RepositoryIndex",
    "RepositoryModelLoad",
    "RepositoryModelUnload"
  })
  void everyMethodHasItsPublishedName(String method) {
    assertThat(GRPCInferenceServiceGrpc.getServiceDescriptor().getMethods())
        .anyMatch(
            known -> known.getFullMethodName().equals("inference.GRPCInferenceService/" + method));
  }

  /** Bits as numpy writes them. */
  @ParameterizedTest
  @CsvSource({
    "BOOL, 0001",
    "UINT8, 80ff",
    "UINT16, 0080ffff",
    "UINT32, 00000080ffffffff",
    "UINT64, 0000000000000080ffffffffffffffff",
    "INT8, 807f",
    "INT16, 0080ff7f",
    "INT32, 00000080ffffff7f",
    "INT64, 0000000000000080ffffffffffffff7f",
    "FP16, ff7b0100",
    "FP32, 0000c03f0000c07f",
    "FP64, 000000000000f83f9a9999999999b9bf",
    "BF16, 49407f7f",
    "BYTES, 010000006105000000c3bce282ac"
  })
  void rawContentsComeOutRaw(Datatype datatype, String hex) {
    models.with("same", 1, TinyModel.identity(datatype));
    ByteString raw = ByteString.fromHex(hex);
    ModelInferResponse answer =
        infer(request("same", input(datatype.name(), 1, 2)).addRawInputContents(raw));
    assertThat(answer.getModelName() + " " + answer.getModelVersion()).isEqualTo("same 1");
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo(datatype.name());
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertThat(answer.getRawOutputContentsList()).containsExactly(raw);
  }

  @ParameterizedTest
  @EnumSource(
      value = Datatype.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FP16", "BF16"})
  void typedContentsComeOutTyped(Datatype datatype) {
    models.with("same", 1, TinyModel.identity(datatype));
    InferTensorContents contents = extremes(datatype);
    ModelInferResponse answer =
        infer(request("same", input(datatype.name(), 1, 2).setContents(contents)));
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputs(0).getContents()).isEqualTo(contents);
  }

  private static InferTensorContents extremes(Datatype datatype) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    switch (datatype) {
      case BOOL -> contents.addBoolContents(false).addBoolContents(true);
      case UINT8 -> contents.addUintContents(0).addUintContents(255);
      case UINT16 -> contents.addUintContents(0).addUintContents(65_535);
      case UINT32 -> contents.addUintContents(1).addUintContents(-1);
      case UINT64 -> contents.addUint64Contents(1).addUint64Contents(-1);
      case INT8 -> contents.addIntContents(-128).addIntContents(127);
      case INT16 -> contents.addIntContents(-32_768).addIntContents(32_767);
      case INT32 -> contents.addIntContents(Integer.MIN_VALUE).addIntContents(Integer.MAX_VALUE);
      case INT64 -> contents.addInt64Contents(Long.MIN_VALUE).addInt64Contents(Long.MAX_VALUE);
      case FP32 -> contents.addFp32Contents(.1f).addFp32Contents(Float.NaN);
      case FP64 -> contents.addFp64Contents(.1).addFp64Contents(Double.NEGATIVE_INFINITY);
      case BYTES ->
        contents.addBytesContents(ByteString.EMPTY).addBytesContents(ByteString.copyFromUtf8("ü€"));
      case FP16, BF16 -> throw new IllegalArgumentException();
    }
    return contents.build();
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 256, value 0 is 256",
    "UINT16, 65536, value 0 is 65536",
    "UINT8, -1, value 0 is 4294967295"
  })
  void valuesOutsideTheirDatatypeAreRefused(Datatype datatype, int value, String sentence) {
    InferTensorContents contents =
        InferTensorContents.newBuilder().addUintContents(value).build();
    assertRefused(
        Status.Code.INVALID_ARGUMENT,
        sentence,
        request("plus", input(datatype.name(), 1).setContents(contents)));
  }

  private void assertRefused(Status.Code code, String sentence, ModelInferRequest.Builder request) {
    Status status = GrpcClient.refusal(() -> infer(request));
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(sentence).doesNotContain(folder.toString());
  }

  @Test
  void whatMakesNoSenseIsAnInvalidArgument() {
    Status.Code invalid = Status.Code.INVALID_ARGUMENT;
    assertRefused(
        invalid,
        "takes input \"x\" as FP32 [-1, 3], not FP32 [1, 2]",
        request("plus", floats(1, 2)));
    assertRefused(
        invalid,
        "has 0 values, and its shape [1, 3] wants 3",
        request("plus", input("FP32", 1, 3)));
    assertRefused(
        invalid,
        "unknown datatype \"FP23\". Known: BOOL, UINT8",
        request("plus", input("FP23", 1, 3)));
    assertRefused(
        invalid, "FP16, which has no typed contents", request("plus", input("FP16", 1, 3)));
    assertRefused(
        invalid,
        "raw_input_contents has 2 entries, and there are 1 inputs",
        request("plus", input("FP32", 1, 3))
            .addRawInputContents(ByteString.EMPTY)
            .addRawInputContents(ByteString.EMPTY));
    assertRefused(
        invalid,
        "has contents beside raw_input_contents",
        request("plus", floats(1, 2, 3)).addRawInputContents(ByteString.EMPTY));
    assertRefused(
        invalid,
        "is in shared memory",
        request("plus", floats(1, 2, 3).putParameters("shared_memory_region", text("r"))));
    assertRefused(
        invalid,
        "version \"new\" of model \"plus\" is not a number",
        request("plus", floats(1, 2, 3)).setModelVersion("new"));
    assertRefused(
        Status.Code.NOT_FOUND,
        "unknown model \"plsu\"; did you mean \"plus\"?",
        request("plsu", floats(1, 2, 3)));
    assertRefused(
        Status.Code.NOT_FOUND,
        "plus has no version 9",
        request("plus", floats(1, 2, 3)).setModelVersion("9"));
  }

  private static InferParameter text(String value) {
    return InferParameter.newBuilder().setStringParam(value).build();
  }

  @Test
  void classesAreAskedForByAParameterOfAnOutput() {
    models.with("sides", 1, TinyModel.classifier());
    ModelInferResponse answer = infer(request("sides", floats(1, 5, 2))
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
    var calls = client.calls();
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
    return client
        .calls()
        .modelReady(
            ModelReadyRequest.newBuilder().setName(model).setVersion(version).build())
        .getReady();
  }

  @Test
  void statisticsAreThoseOfTheCalls() {
    infer(plus(1).toBuilder());
    infer(plus(2).toBuilder());
    ModelStatistics done = client
        .calls()
        .modelStatistics(ModelStatisticsRequest.newBuilder().setName("plus").build())
        .getModelStats(0);
    assertThat(done.getInferenceStats().getSuccess().getCount()).isEqualTo(2);
    assertThat(done.getInferenceStats().getComputeInfer().getNs()).isPositive();
    assertThat(done.getBatchStats(0).getBatchSize()).isEqualTo(1);
    assertThat(done.getBatchStats(0).getComputeInfer().getCount()).isEqualTo(2);
    assertThat(client
            .calls()
            .modelStatistics(ModelStatisticsRequest.getDefaultInstance())
            .getModelStatsCount())
        .isEqualTo(1);
  }

  @Test
  void modelsAreUnloadedAndLoaded() {
    client
        .calls()
        .repositoryModelUnload(
            RepositoryModelUnloadRequest.newBuilder().setModelName("plus").build());
    models.awaitUnloaded();
    assertThat(index(false).getModels(0).getState()).isEqualTo("UNAVAILABLE");
    assertThat(index(false).getModels(0).getReason()).isEqualTo("unloaded");
    assertThat(index(true).getModelsCount()).isZero();
    assertRefused(Status.Code.NOT_FOUND, "unknown model", plus(1).toBuilder());
    client
        .calls()
        .repositoryModelLoad(
            RepositoryModelLoadRequest.newBuilder().setModelName("plus").build());
    assertThat(index(true).getModels(0).getState()).isEqualTo("READY");
    Status unknown = GrpcClient.refusal(() -> client
        .calls()
        .repositoryModelLoad(
            RepositoryModelLoadRequest.newBuilder().setModelName("no").build()));
    assertThat(unknown.getCode()).isEqualTo(Status.Code.NOT_FOUND);
  }

  private RepositoryIndexResponse index(boolean ready) {
    return client
        .calls()
        .repositoryIndex(RepositoryIndexRequest.newBuilder().setReady(ready).build());
  }

  @Test
  void aModelThatIsBeingOpenedIsUnavailable() {
    CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
    assertThat(ready("late", "")).isFalse();
    assertThat(
            client.calls().serverReady(ServerReadyRequest.getDefaultInstance()).getReady())
        .as("what was there at first is served")
        .isTrue();
    assertRefused(
        Status.Code.UNAVAILABLE, "model \"late\", is not ready", request("late", floats(1, 2, 3)));
    models.letOpen();
    opening.join();
    assertThat(
            infer(request("late", floats(1, 2, 3))).getOutputs(0).getContents().getFp32Contents(2))
        .isEqualTo(5);
  }

  @Test
  void aStreamIsAnsweredInOrderAndGoesOnAfterAFault() throws Exception {
    BlockingQueue<ModelStreamInferResponse> answers = new LinkedBlockingQueue<>();
    CompletableFuture<Void> ended = new CompletableFuture<>();
    StreamObserver<ModelInferRequest> stream =
        client.streams().modelStreamInfer(observer(answers, ended));
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
    var health = HealthGrpc.newBlockingStub(client.channel);
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
    StreamObserver<ServerReflectionRequest> asking =
        ServerReflectionGrpc.newStub(client.channel).serverReflectionInfo(observer(answers, ended));
    asking.onNext(ServerReflectionRequest.newBuilder().setListServices("").build());
    asking.onCompleted();
    ended.get(50, TimeUnit.SECONDS);
    assertThat(answers.remove().getListServicesResponse().getServiceList())
        .extracting(service -> service.getName())
        .contains("inference.GRPCInferenceService", "grpc.health.v1.Health");
  }

  /** The control: the raw bytes of these tests are little-endian. */
  @Test
  void rawContentsAreLittleEndian() {
    ByteString half =
        ByteString.copyFrom(ByteBuffer.wrap(HexFormat.of().parseHex("0000003f".repeat(3))));
    ModelInferResponse answer =
        infer(request("plus", input("FP32", 1, 3)).addRawInputContents(half));
    assertThat(HexFormat.of().formatHex(answer.getRawOutputContents(0).toByteArray()))
        .as("1.5")
        .isEqualTo("0000c03f".repeat(3));
  }
}
