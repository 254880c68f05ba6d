package lapidary.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import lapidary.cli.serve.Content;
import lapidary.cli.serve.NamedFile;
import lapidary.cli.serve.Serving;
import lapidary.search.http.ServerOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service answers of models in their own words; what {@code predict} answers of the same files is right. */
@Timeout(120)
final class ServedPredictionsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir
  static Path folder;

  private static Workshop shop;
  private static Serving serving;

  @BeforeAll
  static void serve() {
    shop = Workshop.copiedTo(folder);
    Content content = new Content(
        List.of(shop.clothes()),
        Optional.empty(),
        List.of(
            NamedFile.of(shop.model()),
            NamedFile.parse("films=" + shop.ratings()),
            NamedFile.of(shop.table())),
        Optional.empty(),
        Optional.empty());
    serving = Serving.start(content, ServerOptions.loopback(0));
  }

  @AfterAll
  static void close() {
    serving.close();
  }

  /** An answer. */
  private record Answer(int status, JsonNode body) {}

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + serving.port() + path));
  }

  private static Answer answer(HttpRequest.Builder request) throws Exception {
    var response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  private static Answer get(String path) throws Exception {
    return answer(to(path));
  }

  private static Answer post(String path, String type, byte[] body) throws Exception {
    return answer(to(path).header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
  }

  private static Answer postJson(String path, String json) throws Exception {
    return answer(
        to(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
  }

  private static Path picture() throws IOException {
    try (Stream<Path> files = Files.list(shop.pictures())) {
      return files.sorted().findFirst().orElseThrow();
    }
  }

  @Test
  void aPictureIsNamedAsPredictNamesIt() throws Exception {
    JsonNode best = Cli.json("predict", shop.model(), picture()).at("/results/0/predictions/0");
    Answer answer = post("/v1/models/nn/predict", "image/png", Files.readAllBytes(picture()));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    JsonNode first = answer.body().at("/predictions/0");
    assertThat(first.get("label")).isEqualTo(best.get("label"));
    assertThat(first.get("probability").floatValue())
        .isCloseTo(best.get("probability").floatValue(), within(1e-5f));
    assertThat(answer.body().get("predictions")).hasSize(5);
  }

  @Test
  void rowsAreAnsweredAsPredictAnswersThem() throws Exception {
    List<String> lines = Files.readAllLines(shop.rows());
    Path two = folder.resolve("two.csv");
    Files.write(two, lines.subList(0, 3));
    List<JsonNode> expected = JSON.readerFor(JsonNode.class)
        .<JsonNode>readValues(Cli.run("predict", shop.table(), two, "--json").out())
        .readAll();
    Answer answer = postJson(
        "/v1/models/sales/predict",
        "{\"rows\":[" + row(lines.get(0), lines.get(1)) + "," + row(lines.get(0), lines.get(2))
            + "]}");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().at("/predictions/0/value").floatValue())
        .isEqualTo(expected.get(0).get("prediction").floatValue());
    assertThat(answer.body().at("/predictions/1/value").floatValue())
        .isEqualTo(expected.get(1).get("prediction").floatValue());
  }

  /** Each cell as text, an empty one as null. */
  private static String row(String names, String line) {
    String[] columns = names.split(",", -1);
    String[] cells = line.split(",", -1);
    StringBuilder row = new StringBuilder("{");
    for (int i = 0; i < columns.length; i++) {
      row.append(i == 0 ? "" : ",")
          .append('"')
          .append(columns[i])
          .append("\":")
          .append(cells[i].isEmpty() ? "null" : '"' + cells[i] + '"');
    }
    return row.append('}').toString();
  }

  @Test
  void pairsAreRatedAsPredictRatesThem() throws Exception {
    JsonNode expected = Cli.json("predict", shop.ratings(), "1,2", "nobody,2").get("results");
    Answer answer = postJson(
        "/v1/models/films/predict",
        "{\"pairs\":[{\"user\":1,\"item\":\"2\"},{\"user\":\"nobody\",\"item\":2}]}");
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    assertThat(answer.body().get("predictions")).isEqualTo(expected);
  }

  @Test
  void aVectorIsThatOfTheCollectionThatWasMadeWithTheModel() throws Exception {
    Answer answer = post("/v1/models/nn/embed", "image/png", Files.readAllBytes(picture()));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    Answer collection = get("/v1/collections/clothes");
    assertThat(answer.body().get("output")).isEqualTo(collection.body().at("/model/output"));
    assertThat(answer.body().get("model_sha256")).isEqualTo(collection.body().at("/model/sha256"));
    Answer hits = postJson(
        "/v1/collections/clothes/search",
        "{\"k\":3,\"vector\":" + answer.body().get("vector") + "}");
    assertThat(hits.body().at("/hits/0/score").floatValue()).isGreaterThan(.9f);
  }

  @Test
  void modelsSayWhatTheyAre() throws Exception {
    JsonNode models = get("/v1/models").body().get("models");
    assertThat(models.findValuesAsText("name")).containsExactly("films", "nn", "sales");
    assertThat(models.findValuesAsText("takes")).containsExactly("pairs", "picture", "rows");
    JsonNode card = get("/v1/models/nn").body();
    assertThat(card.get("card").asText()).startsWith("# mnist-nn").contains("## This file");
    assertThat(card.at("/description/labels")).hasSize(10);
    assertThat(card.at("/model/sha256").asText()).hasSize(64);
  }

  @Test
  void whatAModelDoesNotTakeIsRefusedInOneSentence() throws Exception {
    assertThat(postJson("/v1/models/nn/predict", "{\"rows\":[{}]}")
            .body()
            .get("error")
            .asText())
        .isEqualTo("model nn takes a picture, not rows of a table");
    assertThat(post("/v1/models/sales/predict", "image/png", Files.readAllBytes(picture()))
            .body()
            .get("error")
            .asText())
        .isEqualTo("model sales takes rows of a table, not a picture");
    Answer broken = post("/v1/models/nn/predict", "image/png", new byte[100]);
    assertThat(broken.status()).isEqualTo(400);
    assertThat(broken.body().get("error").asText()).startsWith("the image is not an image");
    Answer missing = postJson("/v1/models/sales/predict", "{\"rows\":[{\"id\":\"1\"}]}");
    assertThat(missing.status()).isEqualTo(400);
    assertThat(missing.body().get("error").asText()).startsWith("row 0: no column \"colour\"");
    Answer unknown = postJson("/v1/models/nm/predict", "{\"rows\":[{}]}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.body().get("error").asText()).contains("did you mean \"nn\"?");
  }
}
