package lapidary.search.http.models;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import lapidary.runtime.serving.registry.Timing;
import lapidary.search.http.route.Json;
import lapidary.search.inference.IndexEntry;
import lapidary.search.inference.ModelConfiguration;
import lapidary.search.inference.ModelMetadata;
import lapidary.search.inference.ServerMetadata;
import lapidary.search.inference.TensorMetadata;
import lapidary.search.inference.VersionStatistics;

/** What the routes about models answer: fields by the names of Triton, whose clients read them. */
final class ModelAnswers {
  private ModelAnswers() {}

  record Server(String name, String version, List<String> extensions) {
    static Server of(ServerMetadata server) {
      return new Server(server.name(), server.version(), server.extensions());
    }
  }

  record Model(
      String name,
      List<String> versions,
      String platform,
      List<Tensor> inputs,
      List<Tensor> outputs) {
    static Model of(ModelMetadata model) {
      return new Model(
          model.name(),
          model.versions(),
          model.platform(),
          model.inputs().stream().map(Tensor::of).toList(),
          model.outputs().stream().map(Tensor::of).toList());
    }
  }

  record Tensor(String name, String datatype, List<Long> shape) {
    static Tensor of(TensorMetadata tensor) {
      return new Tensor(tensor.name(), tensor.datatype(), tensor.shape());
    }
  }

  /** Nothing, which says that it was done. */
  record Done() {}

  record Ready(String name, boolean ready) {}

  record Configuration(
      String name,
      String platform,
      String backend,
      int maxBatchSize,
      List<Port> input,
      List<Port> output) {
    static Configuration of(ModelConfiguration model) {
      return new Configuration(
          model.name(),
          model.platform(),
          model.backend(),
          model.maxBatchSize(),
          model.inputs().stream().map(Port::of).toList(),
          model.outputs().stream().map(Port::of).toList());
    }
  }

  /** An input or output. */
  record Port(String name, String dataType, List<Long> dims) {
    static Port of(TensorMetadata tensor) {
      return new Port(
          tensor.name(), ModelConfiguration.typeName(tensor.datatype()), tensor.shape());
    }
  }

  record Statistics(List<Version> modelStats) {}

  record Version(
      String name,
      String version,
      long lastInference,
      long inferenceCount,
      long executionCount,
      Requests inferenceStats,
      List<Batch> batchStats) {
    static Version of(VersionStatistics version) {
      return new Version(
          version.name(),
          version.version(),
          version.lastInference(),
          version.inferenceCount(),
          version.executionCount(),
          Requests.of(version.requests()),
          version.batches().stream().map(Batch::of).toList());
    }
  }

  /** What was done so often, and the nanoseconds of all together. */
  record Duration(long count, long ns) {
    /** Copying tensors is not measured by itself: it is part of the runs. */
    static final Duration NONE = new Duration(0, 0);

    static Duration of(Timing timing) {
      return new Duration(timing.count(), timing.nanos());
    }
  }

  record Requests(
      Duration success,
      Duration fail,
      Duration queue,
      Duration computeInput,
      Duration computeInfer,
      Duration computeOutput) {
    static Requests of(VersionStatistics.Requests requests) {
      return new Requests(
          Duration.of(requests.success()),
          Duration.of(requests.fail()),
          Duration.of(requests.queue()),
          Duration.NONE,
          Duration.of(requests.compute()),
          Duration.NONE);
    }
  }

  record Batch(
      int batchSize, Duration computeInput, Duration computeInfer, Duration computeOutput) {
    static Batch of(VersionStatistics.Batch batch) {
      return new Batch(batch.size(), Duration.NONE, Duration.of(batch.compute()), Duration.NONE);
    }
  }

  /** The repository's index, an array. */
  static byte[] index(List<IndexEntry> entries, boolean readyOnly) {
    ArrayNode index = JsonNodeFactory.instance.arrayNode();
    for (IndexEntry entry : entries) {
      if (!readyOnly || entry.state() == IndexEntry.State.READY) {
        index
            .addObject()
            .put("name", entry.name())
            .put("version", entry.version())
            .put("state", entry.state().name())
            .put("reason", entry.reason());
      }
    }
    return Json.bytes(index);
  }
}
