package lapidary.exporter.trace.operators;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
      PageRun page = PageRun.of(manager, folder, files);
      assertThat(page.failures()).isEmpty();
      CaseRun run = new CaseRun(manager, folder, files);
      EdgeCases.all().forEach(run::alone);
      strangers(files, manager);
      Map<String, KeptFiles.Kept> written = files.kept();
      Map<String, AvoidedForm> avoided = avoided(files);
      hold(new OlderRuntimesSection(runs(files.folder())), written, avoided);
    }
  }

  private static List<OlderRuntimesSection.Ran> runs(Path files)
      throws IOException, InterruptedException {
    List<OlderRuntimesSection.Ran> runs = new ArrayList<>();
    for (OlderRuntime runtime : OlderRuntime.in(Path.of(System.getProperty("lapidary.runtimes")))) {
      runs.add(new OlderRuntimesSection.Ran(runtime.version(), runtime.run(files)));
    }
    assertThat(runs).hasSizeGreaterThan(1);
    return runs;
  }

  private static void hold(
      OlderRuntimesSection section,
      Map<String, KeptFiles.Kept> written,
      Map<String, AvoidedForm> avoided)
      throws IOException {
    String committed = Files.readString(OperatorsPageTest.PAGE);
    String page = section.in(committed, written, avoided);
    if (Boolean.getBoolean("lapidary.write")) {
      Files.writeString(OperatorsPageTest.PAGE, page);
    }
    assertThat(Files.readString(OperatorsPageTest.PAGE))
        .as(
            "the section of docs/operators.md on older runtimes is out of date: it says how to write it anew")
        .isEqualTo(page);
  }

  private Map<String, AvoidedForm> avoided(KeptFiles files) throws IOException {
    Map<String, AvoidedForm> avoided = new LinkedHashMap<>();
    for (AvoidedForm form : AvoidedForm.all()) {
      avoided.put(files.keep(form.write(folder.resolve("form.onnx")), input -> 2), form);
    }
    return avoided;
  }

  private void strangers(KeptFiles files, NDManager manager) {
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
