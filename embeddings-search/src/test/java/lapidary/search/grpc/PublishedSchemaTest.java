package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.grpc.protocol.Protocol;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the published schemas say of messages and methods, without a server. */
final class PublishedSchemaTest {
  /** Message, field, number, type. A field of another number is read as nothing by any client. */
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
}
