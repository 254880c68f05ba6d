package lapidary.search.grpc;

import java.util.List;
import lapidary.runtime.serving.registry.Timing;
import lapidary.search.grpc.protocol.DataType;
import lapidary.search.grpc.protocol.InferBatchStatistics;
import lapidary.search.grpc.protocol.InferStatistics;
import lapidary.search.grpc.protocol.ModelConfig;
import lapidary.search.grpc.protocol.ModelConfigResponse;
import lapidary.search.grpc.protocol.ModelInput;
import lapidary.search.grpc.protocol.ModelMetadataResponse;
import lapidary.search.grpc.protocol.ModelOutput;
import lapidary.search.grpc.protocol.ModelStatistics;
import lapidary.search.grpc.protocol.ModelStatisticsResponse;
import lapidary.search.grpc.protocol.RepositoryIndexResponse;
import lapidary.search.grpc.protocol.ServerMetadataResponse;
import lapidary.search.grpc.protocol.StatisticDuration;
import lapidary.search.inference.IndexEntry;
import lapidary.search.inference.ModelConfiguration;
import lapidary.search.inference.ModelMetadata;
import lapidary.search.inference.ServerMetadata;
import lapidary.search.inference.TensorMetadata;
import lapidary.search.inference.VersionStatistics;

/** Writes what a server and its models are and have done. Stateless. */
final class Descriptions {
  private Descriptions() {}

  static ServerMetadataResponse of(ServerMetadata server) {
    return ServerMetadataResponse.newBuilder()
        .setName(server.name())
        .setVersion(server.version())
        .addAllExtensions(server.extensions())
        .build();
  }

  static ModelMetadataResponse of(ModelMetadata model) {
    return ModelMetadataResponse.newBuilder()
        .setName(model.name())
        .addAllVersions(model.versions())
        .setPlatform(model.platform())
        .addAllInputs(tensors(model.inputs()))
        .addAllOutputs(tensors(model.outputs()))
        .build();
  }

  static ModelConfigResponse of(ModelConfiguration model) {
    ModelConfig.Builder config = ModelConfig.newBuilder()
        .setName(model.name())
        .setPlatform(model.platform())
        .setBackend(model.backend())
        .setMaxBatchSize(model.maxBatchSize());
    for (TensorMetadata input : model.inputs()) {
      config.addInput(ModelInput.newBuilder()
          .setName(input.name())
          .setDataType(type(input))
          .addAllDims(input.shape()));
    }
    for (TensorMetadata output : model.outputs()) {
      config.addOutput(ModelOutput.newBuilder()
          .setName(output.name())
          .setDataType(type(output))
          .addAllDims(output.shape()));
    }
    return ModelConfigResponse.newBuilder().setConfig(config).build();
  }

  static RepositoryIndexResponse index(List<IndexEntry> entries, boolean readyOnly) {
    RepositoryIndexResponse.Builder index = RepositoryIndexResponse.newBuilder();
    for (IndexEntry entry : entries) {
      if (!readyOnly || entry.state() == IndexEntry.State.READY) {
        index.addModels(RepositoryIndexResponse.ModelIndex.newBuilder()
            .setName(entry.name())
            .setVersion(entry.version())
            .setState(entry.state().name())
            .setReason(entry.reason()));
      }
    }
    return index.build();
  }

  static ModelStatisticsResponse statistics(List<VersionStatistics> versions) {
    ModelStatisticsResponse.Builder response = ModelStatisticsResponse.newBuilder();
    versions.forEach(version -> response.addModelStats(of(version)));
    return response.build();
  }

  private static ModelStatistics of(VersionStatistics version) {
    ModelStatistics.Builder statistics = ModelStatistics.newBuilder()
        .setName(version.name())
        .setVersion(version.version())
        .setLastInference(version.lastInference())
        .setInferenceCount(version.inferenceCount())
        .setExecutionCount(version.executionCount())
        .setInferenceStats(of(version.requests()));
    for (VersionStatistics.Batch batch : version.batches()) {
      statistics.addBatchStats(InferBatchStatistics.newBuilder()
          .setBatchSize(batch.size())
          .setComputeInput(StatisticDuration.getDefaultInstance())
          .setComputeInfer(duration(batch.compute()))
          .setComputeOutput(StatisticDuration.getDefaultInstance()));
    }
    return statistics.build();
  }

  private static InferStatistics of(VersionStatistics.Requests requests) {
    return InferStatistics.newBuilder()
        .setSuccess(duration(requests.success()))
        .setFail(duration(requests.fail()))
        .setQueue(duration(requests.queue()))
        .setComputeInput(StatisticDuration.getDefaultInstance())
        .setComputeInfer(duration(requests.compute()))
        .setComputeOutput(StatisticDuration.getDefaultInstance())
        .build();
  }

  private static StatisticDuration duration(Timing timing) {
    return StatisticDuration.newBuilder()
        .setCount(timing.count())
        .setNs(timing.nanos())
        .build();
  }

  private static List<ModelMetadataResponse.TensorMetadata> tensors(List<TensorMetadata> tensors) {
    return tensors.stream()
        .map(tensor -> ModelMetadataResponse.TensorMetadata.newBuilder()
            .setName(tensor.name())
            .setDatatype(tensor.datatype())
            .addAllShape(tensor.shape())
            .build())
        .toList();
  }

  private static DataType type(TensorMetadata tensor) {
    return DataType.valueOf(ModelConfiguration.typeName(tensor.datatype()));
  }
}
