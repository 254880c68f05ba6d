package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import lapidary.exporter.strangers.Stranger;
import lapidary.exporter.strangers.Strangers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the files of the page and of the strangers' networks in runtimes of several ages; in the profile {@code runtimes} alone. */
@Tag("runtimes")
final class OlderRuntimesTest {
  @TempDir
  private Path folder;

  @Test
  void pageSaysWhatOlderRuntimesGetWrong() throws IOException, InterruptedException {
    try (NDManager manager = NDManager.newBaseManager()) {
      KeptFiles files = new KeptFiles(Files.createDirectory(folder.resolve("kept")), manager);
      PageRun.of(manager, folder, files);
      strangers(files, manager);
      Map<OlderRuntime, Map<String, OlderRuntime.Verdict>> verdicts = new LinkedHashMap<>();
      for (OlderRuntime runtime :
          OlderRuntime.in(Path.of(System.getProperty("lapidary.runtimes")))) {
        verdicts.put(runtime, runtime.run(files.folder()));
      }
      verdicts.forEach((runtime, all) -> all.forEach((name, verdict) -> {
        if (!verdict.kind().equals(RuntimeProcess.RIGHT)) {
          System.err.println(
              "VERDICT " + runtime.version() + " " + files.kept().get(name) + " " + verdict);
        }
      }));
      verdicts.forEach(
          (runtime, all) -> System.err.println("VERDICTS " + runtime.version() + " " + all.size()));
      assertThat(verdicts).isNotEmpty();
    }
  }

  private void strangers(KeptFiles files, NDManager manager) {
    manager.getEngine().setRandomSeed(3);
    for (Stranger stranger : Strangers.all()) {
      Block block = stranger.initialized(manager);
      Path file = folder.resolve("network.onnx");
      stranger.export(block, file);
      files.keep(
          new Exported(
              stranger.name(),
              "opset 17",
              block,
              stranger.sizes(),
              OptionalLong.empty(),
              file,
              Stranger.ROUNDING),
          Stranger::bound);
    }
  }
}
