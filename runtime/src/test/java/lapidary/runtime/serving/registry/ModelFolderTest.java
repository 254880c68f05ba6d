package lapidary.runtime.serving.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFolderTest {
  @TempDir
  Path folder;

  @Test
  void namesAndVersionsAreReadAndAllElseIsPassedOver() throws IOException {
    for (String path : List.of(
        "plain.onnx",
        "digits/1/model.onnx",
        "digits/12/model.onnx",
        "digits/0/model.onnx",
        "digits/03/model.onnx",
        "digits/latest/model.onnx",
        "digits/-1/model.onnx",
        "digits/1234567890123456789/model.onnx",
        "digits/4/other.onnx",
        "digits/.5/model.onnx",
        "digits/config.pbtxt",
        ".hidden.onnx",
        ".onnx",
        " .onnx",
        "copying.onnx.part",
        "copying.tmp/1/model.onnx",
        "editor.onnx~",
        ".git/1/model.onnx",
        "README.md",
        "zwei wörter.onnx")) {
      file(path);
    }
    Files.createDirectories(folder.resolve("folder.onnx"));
    Files.createDirectories(folder.resolve("digits/6/model.onnx"));
    ModelFolder read = ModelFolder.read(folder);
    assertThat(read.models().keySet())
        .containsExactly(
            new ModelKey("digits", 1),
            new ModelKey("digits", 12),
            new ModelKey("plain", 1),
            new ModelKey("zwei wörter", 1));
    assertThat(read.models())
        .containsEntry(new ModelKey("digits", 12), folder.resolve("digits/12/model.onnx"));
    assertThat(read.odd()).isEmpty();
  }

  @Test
  void linkedFoldersAndFilesAreFollowed() throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Path models = Files.createDirectories(folder.resolve("models"));
    Files.createFile(elsewhere.resolve("model.onnx"));
    Files.createDirectories(models.resolve("digits"));
    Files.createSymbolicLink(models.resolve("digits/2"), elsewhere);
    Files.createSymbolicLink(models.resolve("plain.onnx"), elsewhere.resolve("model.onnx"));
    Files.createSymbolicLink(models.resolve("broken.onnx"), elsewhere.resolve("none"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), models);
    assertThat(ModelFolder.read(link).models().keySet())
        .containsExactly(new ModelKey("digits", 2), new ModelKey("plain", 1));
  }

  @Test
  void whatLooksLikeAModelAndIsNoneIsTold() throws IOException {
    file("digits/mnist.onnx");
    file("twice.onnx");
    file("twice/1/model.onnx");
    ModelFolder read = ModelFolder.read(folder);
    assertThat(read.models())
        .containsOnlyKeys(new ModelKey("twice", 1))
        .containsValue(folder.resolve("twice/1/model.onnx"));
    assertThat(read.odd()).hasSize(2);
    assertThat(read.odd().get(0))
        .contains("digits has no version; put its file at")
        .contains(Path.of("digits", "1", "model.onnx").toString());
    assertThat(read.odd().get(1)).contains("twice.onnx is not served, because");
  }

  @Test
  void aFolderThatIsNotThereIsNotAnEmptyOne() {
    assertThatThrownBy(() -> ModelFolder.read(folder.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.resolveSibling(""));
    Files.createFile(file);
  }
}
