package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import lapidary.cli.console.ExitCode;
import lapidary.cli.serve.Content;
import lapidary.cli.serve.NamedFile;
import lapidary.cli.serve.Serving;
import lapidary.examples.ExportOwnBlock;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the commands say of a file whose inputs and outputs are tensors that only their owner knows. */
@Timeout(120)
final class ExportedOwnBlockTest {
  @TempDir
  static Path folder;

  private static Path model;
  private static String printed;

  @BeforeAll
  static void export() throws Exception {
    model = folder.resolve("own.onnx");
    printed = Programs.printed(ExportOwnBlock::main, model);
  }

  @Test
  void theExampleRunsWhatItExported() {
    assertThat(printed).matches("\\[-?\\d+\\.\\d+(E-\\d+)?, -?\\d+\\.\\d+(E-\\d+)?]\\R");
  }

  @Test
  void inspectTellsTensorsAndHowTheyWereCompared() {
    JsonNode description = Cli.json("inspect", model).get("description");
    assertThat(description.get("task").asText()).isEqualTo("TENSORS");
    JsonNode parity = description.at("/evidence/parity");
    assertThat(parity.at("/outputs/0/ulps")).hasSize(7);
    assertThat(parity.at("/setting/sizes/3/batch").asInt()).isEqualTo(37);
    assertThat(parity.at("/setting/sizes/3/inputs/x/0").asInt()).isEqualTo(3);
    assertThat(Cli.run("inspect", model).out())
        .contains("# my net", "- Task: tensors", "not told", "; ulps 0: ", "against PyTorch ");
  }

  @Test
  void commandsThatTakePicturesSayWhatToDo() {
    List<Object[]> commands = List.of(
        new Object[] {"predict", model, "picture.png"},
        new Object[] {"evaluate", model, "--data", "fashion-mnist-sample"},
        new Object[] {"index", "create", folder.resolve("c"), "--model", model, "--images", folder
        });
    for (Object[] command : commands) {
      Cli.Run run = Cli.run(command);
      assertThat(run.code()).as(command[0] + ": " + run.err()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(run.err())
          .contains("takes no images; its inputs are [x]; run it with raw tensors", "/v2/models/");
    }
  }

  @Test
  void aServerInfersByTensorsAndRefusesPictures() throws Exception {
    Content content = new Content(
        List.of(),
        Optional.empty(),
        List.of(NamedFile.of(model)),
        Optional.empty(),
        Optional.empty());
    try (Serving serving = Serving.start(content, ServerOptions.loopback(0))) {
      JsonNode answer = new ObjectMapper()
          .readTree(post(
                  serving,
                  "/v2/models/own/infer",
                  "application/json",
                  "{\"inputs\":[{\"name\":\"x\",\"datatype\":\"FP32\",\"shape\":[1,3],\"data\":[1,2,3]}]}"
                      .getBytes(StandardCharsets.UTF_8))
              .body());
      JsonNode data = answer.at("/outputs/0/data");
      assertThat("[" + data.get(0).floatValue() + ", " + data.get(1).floatValue() + "]")
          .isEqualTo(printed.strip());
      HttpResponse<String> refused =
          post(serving, "/v1/models/own/predict", "image/png", picture());
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.body())
          .contains("model own takes tensors, not a picture; send them to /v2/models/own/infer");
    }
  }

  private static byte[] picture() throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB), "png", png);
    return png.toByteArray();
  }

  private static HttpResponse<String> post(Serving serving, String path, String type, byte[] body)
      throws Exception {
    HttpRequest request = HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + serving.port() + path))
        .header("Content-Type", type)
        .POST(BodyPublishers.ofByteArray(body))
        .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }
}
