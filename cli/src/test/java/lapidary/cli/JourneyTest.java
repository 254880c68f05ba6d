package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import lapidary.cli.console.ExitCode;
import lapidary.cli.serve.Content;
import lapidary.cli.serve.Serving;
import lapidary.models.Sha256;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through every room, on the embedded sample, by the commands a user types. */
final class JourneyTest {
  private static final String DATA = "fashion-mnist-sample";

  @TempDir
  static Path folder;

  private static Path run;
  private static Path model;
  private static JsonNode trained;

  @BeforeAll
  static void trainAndExportOnce() {
    run = folder.resolve("run");
    model = folder.resolve("nn.onnx");
    trained =
        Cli.json("train", "mnist-nn", "--data", DATA, "--epochs", 4, "--seed", 3, "--out", run);
    Cli.json("export", run, "-o", model);
  }

  @Test
  void trainingReportsEveryEpochAndItsCost() {
    JsonNode epochs = trained.get("epochs");
    assertThat(epochs).hasSize(4);
    assertThat(epochs.get(3).get("accuracy").asDouble())
        .isGreaterThan(0.7)
        .isGreaterThan(epochs.get(0).get("accuracy").asDouble());
    assertThat(trained.get("total").get("cpu_seconds").asDouble()).isPositive();
    assertThat(trained.get("total").get("examples_per_second").asDouble()).isPositive();
  }

  @Test
  void onnxRuntimeScoresTheSameAsTheTrainerToFourDigits() {
    JsonNode score = Cli.json("evaluate", model, "--data", DATA).get("score");
    double trainer = trained.get("epochs").get(3).get("accuracy").asDouble();
    assertThat(score.get("accuracy").asDouble()).isEqualTo(trainer, within(5e-5));
    assertThat(score.get("count").asInt()).isEqualTo(1000);
  }

  @Test
  void theBestEpochCanBeExportedInsteadOfTheLast() {
    Path best = folder.resolve("best.onnx");
    // At so high a rate the last epoch is not the best one.
    Path fast = folder.resolve("fast");
    List<Object> train = List.of(
        "train",
        "mnist-nn",
        "--data",
        DATA,
        "--epochs",
        6,
        "--lr",
        "3e-2",
        "--seed",
        1,
        "--out",
        fast);
    JsonNode document = Cli.json(train.toArray());
    int number = document.get("best").get("epoch").asInt();
    assertThat(number).isLessThan(6);
    assertThat(document.get("last").get("epoch").asInt()).isEqualTo(6);
    String first = "epoch " + number + ": " + accuracy(document.get("best")) + ", the best";
    String last = "epoch 6: " + accuracy(document.get("last")) + ", the last";
    assertThat(Cli.run("export", fast, "-o", best).out())
        .startsWith(last + "; " + first + ", with --best");
    assertThat(Cli.run("export", fast, "-o", best, "--best", "--overwrite").out())
        .startsWith(first + "; " + last + ", without --best");
    String resumed =
        Cli.run(Stream.concat(train.stream(), Stream.of("--resume")).toArray()).out();
    assertThat(resumed.lines().reduce((a, b) -> b).orElseThrow())
        .isEqualTo(accuracy(document.get("last")) + " in epoch 6, the last epoch: export takes it; "
            + accuracy(document.get("best")) + " in epoch " + number
            + ", the best: export --best takes it");
    assertThat(Cli.json("evaluate", best, "--data", DATA)
            .get("score")
            .get("accuracy")
            .asDouble())
        .isEqualTo(document.get("best").get("accuracy").asDouble(), within(5e-5));
    assertThat(Cli.run("verify", best, "--run", fast, "--best").code()).isZero();
    assertThat(Cli.run("verify", best, "--run", fast).code()).isEqualTo(ExitCode.BREACH);
  }

  private static String accuracy(JsonNode epoch) {
    return String.format(Locale.ROOT, "accuracy %.4f", epoch.get("accuracy").asDouble());
  }

  @Test
  void evaluationBelowTheWantedAccuracyIsABreach() {
    Cli.Run breach = Cli.run("evaluate", model, "--data", DATA, "--at-least", "0.999");
    assertThat(breach.code()).isEqualTo(ExitCode.BREACH);
    assertThat(breach.err()).contains("is below the wanted 0.9990");
  }

  @Test
  void twoExportsAreTheSameBytesAndCarryTheirParity() throws IOException {
    Path again = folder.resolve("again.onnx");
    JsonNode report = Cli.json("export", run, "-o", again);
    assertThat(Sha256.of(again))
        .isEqualTo(Sha256.of(model))
        .isEqualTo(report.get("sha256").asText());
    JsonNode inspected = Cli.json("inspect", again);
    assertThat(inspected.get("inputs").get(0).get("type").asText()).isEqualTo("UINT8");
    assertThat(inspected.get("outputs"))
        .extracting(output -> output.get("name").asText())
        .containsExactly("logits", "probabilities", "features");
    JsonNode parity = inspected.get("description").get("evidence").get("parity");
    assertThat(parity.get("rows").asText()).isEqualTo("validation");
    assertThat(parity.get("outputs"))
        .allSatisfy(d -> assertThat(d.get("relative").asDouble()).isLessThan(1e-5));
  }

  @Test
  void theSameSeedGivesTheSameWeightsAndAnotherSeedOthers() throws IOException {
    Path first = folder.resolve("seed-a");
    Path second = folder.resolve("seed-b");
    Path other = folder.resolve("seed-c");
    for (Path target : List.of(first, second)) {
      Cli.json(
          "train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--seed", 7, "--out", target);
    }
    Cli.json("train", "mnist-logistic", "--data", DATA, "--epochs", 1, "--seed", 8, "--out", other);
    assertThat(weights(second)).isEqualTo(weights(first)).isNotEqualTo(weights(other));
  }

  @Test
  void verifyHoldsForItsOwnRunAndBreaksForAnother() {
    assertThat(Cli.run("verify", model, "--run", run).code()).isZero();
    Path other = folder.resolve("other-run");
    Cli.json("train", "mnist-nn", "--data", DATA, "--epochs", 1, "--seed", 4, "--out", other);
    assertThat(Cli.run("verify", model, "--run", other).code()).isEqualTo(ExitCode.BREACH);
  }

  @Test
  void aPictureIsPredictedIndexedAndFoundAgain() {
    Path pictures = folder.resolve("pictures");
    JsonNode written = Cli.json("data", "images", "--data", DATA, "--count", 2, "--out", pictures);
    String picture = written.get(0).get("file").asText();
    JsonNode predictions =
        Cli.json("predict", model, picture, "--top", 3).get("results").get(0).get("predictions");
    assertThat(predictions).hasSize(3);

    Path collection = folder.resolve("clothes");
    JsonNode created = Cli.json(
        "index", "create", collection, "--model", model, "--data", DATA, "--pca", 16, "--measure");
    assertThat(created.get("info").get("count").asInt()).isEqualTo(1000);
    double raw = created.get("precision").get("raw").asDouble();
    assertThat(created.get("precision").get("reduced").asDouble()).isEqualTo(raw, within(0.03));

    JsonNode hits = Cli.json("search", collection, "--image", picture, "-k", 5).get("hits");
    assertThat(hits).hasSize(5);
    assertThat(hits.get(0).get("id").asText()).isEqualTo("test-00000");
    assertThat(hits.get(0).get("score").asDouble()).isEqualTo(1, within(1e-4));
    JsonNode byId =
        Cli.json("search", collection, "--id", "test-00000", "-k", 4).get("hits");
    assertThat(byId)
        .extracting(hit -> hit.get("id").asText())
        .containsExactly(
            hits.get(1).get("id").asText(),
            hits.get(2).get("id").asText(),
            hits.get(3).get("id").asText(),
            hits.get(4).get("id").asText());
  }

  @Test
  void activationsAreWrittenAsCsvAndAsSafetensors() throws IOException {
    Path csv = folder.resolve("features.csv");
    assertThat(
            Cli.json("embed", model, "--data", DATA, "--out", csv).get("width").asInt())
        .isEqualTo(50);
    List<String> rows = Files.readAllLines(csv);
    assertThat(rows)
        .hasSize(1000)
        .allSatisfy(row -> assertThat(row.split(",", -1)).hasSize(52));
    Path tensors = folder.resolve("features.safetensors");
    Cli.json("embed", model, "--data", DATA, "--out", tensors);
    assertThat(lapidary.trainer.store.Safetensors.read(tensors).get("features"))
        .hasValueSatisfying(tensor -> assertThat(tensor.floats()[1])
            .isEqualTo(Float.parseFloat(rows.get(0).split(",", -1)[3])));
  }

  @Test
  void theServiceAnswersOverARealSocket() throws Exception {
    Path collection = folder.resolve("served");
    Cli.json("index", "create", collection, "--model", model, "--data", DATA, "--pca", 8);
    try (Serving running =
        Serving.start(Content.collection(collection), ServerOptions.loopback(0))) {
      HttpResponse<String> answer = HttpClient.newHttpClient()
          .send(
              HttpRequest.newBuilder(URI.create(
                      "http://127.0.0.1:" + running.port() + "/v1/collections/served/search"))
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString("{\"id\": \"test-00000\", \"k\": 3}"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(new ObjectMapper().readTree(answer.body()).get("hits")).hasSize(3);
    }
  }

  @Test
  void aRateIsSuggestedAndDrawnAndRunsKeepTheirReports() throws IOException {
    Path plot = folder.resolve("lr.svg");
    JsonNode found =
        Cli.json("lr-find", "mnist-nn", "--data", DATA, "--optimizer", "adamw", "--out", plot);
    assertThat(found.get("suggestion").asDouble()).isBetween(1e-5, 1e-1);
    assertThat(Files.size(plot)).isGreaterThan(5_000);
    Path events = folder.resolve("events");
    Cli.json(
        "train",
        "mnist-nn",
        "--data",
        DATA,
        "--epochs",
        2,
        "--one-cycle",
        "--lr",
        "1e-2",
        "--tensorboard",
        "--out",
        events);
    assertThat(events.resolve("report.html")).content().contains("<svg", "Confusions");
    assertThat(Files.readAllLines(events.resolve("history.csv"))).hasSize(3);
    try (java.util.stream.Stream<Path> files = Files.list(events.resolve("tensorboard"))) {
      assertThat(files)
          .singleElement()
          .satisfies(file -> assertThat(Files.size(file)).isGreaterThan(300));
    }
  }

  @Test
  void batchesDividedAmongDevicesTrainAsWellAsOnOne() {
    double[] accuracy = new double[2];
    for (String devices : List.of("cpu", "cpu,cpu")) {
      JsonNode document = Cli.json(
          "train",
          "mnist-logistic",
          "--data",
          DATA,
          "--epochs",
          2,
          "--device",
          devices,
          "--out",
          folder.resolve(devices));
      assertThat(document.get("device").get("name").asText()).isEqualTo(devices);
      accuracy[devices.length() > 3 ? 1 : 0] =
          document.get("best").get("accuracy").asDouble();
    }
    assertThat(accuracy[1]).isEqualTo(accuracy[0], within(0.005));
  }

  @Test
  void demoRunsTheSameCommandsAndAnswersWithOneDocument() {
    JsonNode steps = Cli.json("demo", "--out", folder.resolve("demo"));
    assertThat(steps)
        .extracting(step -> step.get("command").get(0).asText())
        .containsExactly("train", "export", "evaluate", "data", "predict", "index", "search");
    assertThat(steps).allSatisfy(step -> assertThat(step.get("output").asText()).isNotBlank());
  }

  @Test
  void cudaThatIsNotThereIsSaidInOneLine() {
    boolean cuda = lapidary.runtime.device.Devices.probe().stream()
        .anyMatch(d -> d.device().startsWith("cuda") && d.available());
    org.junit.jupiter.api.Assumptions.assumeFalse(cuda, "this machine has CUDA");
    for (Cli.Run missing : List.of(
        Cli.run("evaluate", model, "--data", DATA, "--device", "cuda"),
        Cli.run(
            "train",
            "mnist-nn",
            "--data",
            DATA,
            "--out",
            folder.resolve("never"),
            "--device",
            "cuda"))) {
      assertThat(missing.code()).isEqualTo(ExitCode.ENVIRONMENT);
      assertThat(missing.err().strip())
          .hasLineCount(1)
          .startsWith("lapidary: ")
          .containsIgnoringCase("cuda");
    }
    assertThat(folder.resolve("never")).doesNotExist();
  }

  private static String weights(Path target) throws IOException {
    return Sha256.of(target.resolve("checkpoint/weights.safetensors"));
  }
}
