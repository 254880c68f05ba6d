package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Photos, weights and options that do not fit get a sentence and exit 2, and nothing is written. */
final class PhotoBadInputTest {
  @TempDir
  static Path folder;

  private static Path photos;
  private static Path weights;

  @BeforeAll
  static void makeOnce() {
    photos = PhotoFixture.photos(folder.resolve("photos"));
    weights = PhotoFixture.weights(folder.resolve("w.safetensors"));
  }

  @Test
  void optionsOfOtherModelsAreRefused() {
    refuses(
        "--size is an option of resnet18, resnet34, not of mnist-nn",
        "train",
        "mnist-nn",
        "--data",
        "fashion-mnist-sample",
        "--size",
        64);
    refuses(
        "--split is an option of collab, not of resnet18",
        "train",
        "resnet18",
        "--data",
        photos,
        "--split",
        "u1");
    refuses(
        "--factors is an option of collab, not of resnet18",
        "train",
        "resnet18",
        "--data",
        photos,
        "--factors",
        8);
    refuses("nothing to keep", "train", "resnet18", "--data", photos, "--freeze-epochs", 2);
    refuses(
        "unknown frozen norm \"kep\"; did you mean \"keep\"?",
        "train",
        "resnet18",
        "--data",
        photos,
        "--pretrained",
        weights,
        "--frozen-norm",
        "kep");
    refuses("unknown", "train", "resnet18", "--data", photos, "--augment", "flop");
  }

  @Test
  void optionsThatASearchForARateWouldLeaveAloneAreRefused() {
    for (List<Object> option : List.<List<Object>>of(
        List.of("--epochs", 2),
        List.of("--lr", "1e-3"),
        List.of("--one-cycle"),
        List.of("--schedule", "cosine"),
        List.of("--pretrained", weights, "--freeze-epochs", 1))) {
      List<Object> command = new ArrayList<>(List.of("lr-find", "resnet18", "--data", photos));
      command.addAll(option);
      refuses("Unknown option", command.toArray());
    }
  }

  @Test
  void sizesThatTheNetworkHalvesAwayAreRefused() {
    refuses("give 32 or more", "train", "resnet18", "--data", photos, "--size", 16);
  }

  @Test
  void weightsOfAnotherNetworkOrFormatAreRefused() {
    refuses(
        "missing [layer1.2.conv1.weight",
        "train",
        "resnet34",
        "--data",
        photos,
        "--pretrained",
        weights,
        "--size",
        32);
    refuses(
        "a pickle", "train", "resnet18", "--data", photos, "--pretrained", "net.pth", "--size", 32);
    refuses("it does not exist", "import", "resnet18", "--pretrained", folder.resolve("no.onnx"));
    refuses("unknown network for photos", "import", "resnet19", "--pretrained", weights);
  }

  @Test
  void labelsThatAreTooFewAreRefused() throws IOException {
    Path labels = Files.writeString(folder.resolve("few.txt"), "a\nb\n");
    refuses(
        "2 labels for 5 classes",
        "import",
        "resnet18",
        "--pretrained",
        weights,
        "--labels",
        labels);
  }

  @Test
  void aStrictRunEndsAtADamagedPhoto() {
    Path run = folder.resolve("strict");
    Cli.Run ended = Cli.run(
        "train",
        "resnet18",
        "--data",
        photos,
        "--strict",
        "--size",
        32,
        "--epochs",
        1,
        "--out",
        run);
    assertThat(ended.err()).contains("damaged.jpg");
    assertThat(ended.code()).isEqualTo(2);
  }

  private static void refuses(String message, Object... arguments) {
    Path run = folder.resolve("never");
    List<Object> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--out", run));
    Cli.Run refused = Cli.run(all.toArray());
    assertThat(refused.err()).contains(message).doesNotContain("Exception");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(run).doesNotExist();
  }
}
