package lapidary.search.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.registry.ModelLease;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.ModelStatistics;
import lapidary.runtime.serving.registry.RegistryOptions;
import lapidary.runtime.serving.registry.Timing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MetricsTest {
  /** y = x + 1 for any number of rows of three: an ONNX file, opset 16. */
  private static final byte[] MODEL = HexFormat.of()
      .parseHex("0808120854696e794f6e6e783a580a150a01780a01631201791a054164645f7922034164642a0d08"
          + "0110014201634a040000803f5a140a0178120f0a0d080112090a0312014e0a02080362140a0179120f"
          + "0a0d080112090a0312014e0a020803120474696e7942040a001011");

  @TempDir
  Path folder;

  @Test
  void modelsAreShownUnderTritonsNames() throws Exception {
    SortedMap<Integer, Timing> batches = new TreeMap<>(
        Map.of(1, new Timing(5, 10_000), 3, new Timing(2, 7_999), 2_048, new Timing(1, 1_000)));
    ModelStatistics done = new ModelStatistics(
        new Timing(7, 40_500_000),
        new Timing(2, 1),
        4,
        3,
        new Timing(6, 9_000_000),
        batches,
        Optional.of(Instant.EPOCH));
    String text = text(Map.of(Labels.of("model", "m", "version", "2"), done));
    assertThat(text.lines().filter(line -> line.startsWith("nv_")))
        .containsExactlyInAnyOrder(
            "nv_inference_request_success{model=\"m\",version=\"2\"} 7.0",
            "nv_inference_request_failure{model=\"m\",reason=\"OTHER\",version=\"2\"} 2.0",
            "nv_inference_request_failure{model=\"m\",reason=\"REJECTED\",version=\"2\"} 4.0",
            "nv_inference_count{model=\"m\",version=\"2\"} 2059.0",
            "nv_inference_exec_count{model=\"m\",version=\"2\"} 8.0",
            "nv_inference_request_duration_us{model=\"m\",version=\"2\"} 40500.0",
            "nv_inference_queue_duration_us{model=\"m\",version=\"2\"} 9000.0",
            "nv_inference_compute_infer_duration_us{model=\"m\",version=\"2\"} 18.999",
            "nv_inference_pending_request_count{model=\"m\",version=\"2\"} 3.0");
    assertThat(text.lines().filter(line -> line.startsWith("lapidary_batch_rows")))
        .contains(
            "lapidary_batch_rows_bucket{model=\"m\",version=\"2\",le=\"1.0\"} 5",
            "lapidary_batch_rows_bucket{model=\"m\",version=\"2\",le=\"2.0\"} 5",
            "lapidary_batch_rows_bucket{model=\"m\",version=\"2\",le=\"4.0\"} 7",
            "lapidary_batch_rows_bucket{model=\"m\",version=\"2\",le=\"1024.0\"} 7",
            "lapidary_batch_rows_bucket{model=\"m\",version=\"2\",le=\"+Inf\"} 8",
            "lapidary_batch_rows_count{model=\"m\",version=\"2\"} 8",
            "lapidary_batch_rows_sum{model=\"m\",version=\"2\"} 2059.0");
  }

  private static String text(Map<Labels, ModelStatistics> versions) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(out, new MetricSnapshots(ModelCollector.snapshots(versions).toList()));
    return out.toString(StandardCharsets.UTF_8);
  }

  /** Reading twice counts nothing twice, and a model that has left leaves the text. */
  @Test
  void modelsComeAndGo() throws Exception {
    Path file = Files.write(folder.resolve("m.onnx"), MODEL);
    ModelOptions cpu = ModelOptions.of(Device.cpu(1));
    try (Metrics metrics = new Metrics();
        ModelRegistry registry = ModelRegistry.open(RegistryOptions.of(cpu))) {
      metrics.watch(registry);
      assertThat(metrics.text()).doesNotContain("model=\"m\"");
      registry.load("m", 1, file, cpu);
      try (ModelLease lease = registry.lease("m")) {
        lease.run(Map.of("x", Tensor.floats(new float[6], 2, 3)), List.of("y"));
        lease.run(Map.of("x", Tensor.floats(new float[9], 3, 3)), List.of("y"));
      }
      for (int i = 0; i < 2; i++) {
        assertThat(metrics.text())
            .contains("\nnv_inference_request_success{model=\"m\",version=\"1\"} 2.0\n")
            .contains("\nnv_inference_count{model=\"m\",version=\"1\"} 5.0\n")
            .contains("\nnv_inference_exec_count{model=\"m\",version=\"1\"} 2.0\n");
      }
      registry.unload("m");
      assertThat(metrics.text()).doesNotContain("model=\"m\"");
    }
  }

  @Test
  void theJvmAndTheProcessAreShown() {
    try (Metrics metrics = new Metrics()) {
      assertThat(names(metrics))
          .contains(
              "jvm_memory_used_bytes",
              "jvm_gc_memory_allocated_bytes_total",
              "jvm_threads_live_threads",
              "jvm_classes_loaded_classes",
              "process_cpu_usage",
              "process_uptime_seconds",
              "process_files_open_files");
    }
  }

  @Test
  void whatAProgramMeasuresBesidesIsShown() {
    try (Metrics metrics = new Metrics()) {
      metrics.meters().counter("albums.sold").increment(2);
      assertThat(metrics.text()).contains("\nalbums_sold_total 2.0\n");
    }
  }

  /** The seam for a protocol that is not HTTP. */
  @Test
  void anotherProtocolsRequestsAreShownUnderItsName() {
    try (Metrics metrics = new Metrics()) {
      RequestMetrics requests = metrics.requests("grpc");
      requests.began();
      requests.began();
      requests.ended(
          new RequestMetrics.Ending("", "/inference.GRPCInferenceService/ModelInfer", "OK"),
          3_000_000);
      String labels =
          "{method=\"\",status=\"OK\",uri=\"/inference.GRPCInferenceService/ModelInfer\"";
      assertThat(metrics.text())
          .contains("\ngrpc_server_requests_active 1.0\n")
          .contains("\ngrpc_server_requests_seconds_bucket" + labels + ",le=\"0.002\"} 0\n")
          .contains("\ngrpc_server_requests_seconds_bucket" + labels + ",le=\"0.005\"} 1\n")
          .contains("\ngrpc_server_requests_seconds_sum" + labels + "} 0.003\n");
    }
  }

  private static List<String> names(Metrics metrics) {
    return metrics
        .text()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .map(line -> line.split(" ", 4)[2])
        .collect(Collectors.toList());
  }
}
