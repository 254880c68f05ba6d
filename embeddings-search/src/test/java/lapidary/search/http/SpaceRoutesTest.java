package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceRoutesTest {
  private static final String SPACE = "/v1/collections/greys/projection";

  @TempDir
  Path folder;

  private Fixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture = Fixture.start(folder);
    fixture.client.put("/v1/collections/greys/items/corner", "{\"vector\":[1,0,0,0,0,0]}");
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void distancesInSpaceAreThoseOfTheVectors() throws Exception {
    JsonNode space = fixture.client.get(SPACE).json();
    assertThat(space.path("state").asText()).isEqualTo("ready");
    assertThat(space.path("count").asInt()).isEqualTo(4);
    assertThat(space.path("methods").toString()).isEqualTo("[\"pca\"]");
    assertThat(space.path("attributes").toString()).isEqualTo("[\"split\"]");
    assertThat(space.path("umap").toString()).isEqualTo("{\"sample\":30000,\"most\":200000}");
    assertThat(space.has("progress")).isFalse();
    double explained = 0;
    for (JsonNode axis : space.path("axes")) {
      explained += axis.path("share").asDouble();
    }
    // Four unit vectors span three directions about their mean: all of the variance.
    assertThat(explained).isCloseTo(1, within(1e-6));
    String version = space.path("version").asText();
    byte[] points = bytes(SPACE + "/points?version=" + version);
    assertThat(points).hasSize(4 * 6);
    // Left and right are orthogonal unit vectors.
    assertThat(distance(space, points, 0, 1)).isCloseTo(Math.sqrt(2), within(1e-4));
    assertThat(bytes(SPACE + "/points?version=" + version + "&from=1&limit=2"))
        .isEqualTo(java.util.Arrays.copyOfRange(points, 6, 18));
    assertThat(fixture.client.get(SPACE).json().path("version").asText()).isEqualTo(version);
  }

  private static double distance(JsonNode space, byte[] points, int a, int b) {
    ShortBuffer numbers = ByteBuffer.wrap(points).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    double squares = 0;
    for (int i = 0; i < 3; i++) {
      JsonNode axis = space.path("axes").path(i);
      double length = axis.path("most").asDouble() - axis.path("least").asDouble();
      int apart =
          Short.toUnsignedInt(numbers.get(3 * a + i)) - Short.toUnsignedInt(numbers.get(3 * b + i));
      squares += Math.pow(length * apart / 65_535, 2);
    }
    return Math.sqrt(squares);
  }

  @Test
  void codesAreWhatTheLegendSays() throws Exception {
    String version = version();
    JsonNode labels = fixture.client.get(SPACE + "/legend?version=" + version).json();
    assertThat(labels.path("kind").asText()).isEqualTo("classes");
    assertThat(labels.at("/values/0/value").asText()).isEqualTo("side");
    assertThat(labels.at("/values/0/count").asInt()).isEqualTo(2);
    assertThat(labels.path("none").asInt()).isEqualTo(1);
    assertThat(bytes(SPACE + "/codes?version=" + version)).containsExactly(1, 1, 2, 0);
    assertThat(bytes(SPACE + "/codes?attribute=split&version=" + version))
        .containsExactly(2, 1, 0, 0);
    assertThat(fixture
            .client
            .get(SPACE + "/legend?attribute=split&version=" + version)
            .json()
            .at("/values/0/value")
            .asText())
        .isEqualTo("test");
  }

  @Test
  void pointsHaveTheirItemsByIndexAndById() throws Exception {
    String version = version();
    JsonNode byIndex = items("\"version\":\"" + version + "\",\"indices\":[2,0]");
    assertThat(byIndex.at("/0/id").asText()).isEqualTo("all");
    assertThat(byIndex.at("/1/id").asText()).isEqualTo("left");
    assertThat(byIndex.at("/1/attributes/split").asText()).isEqualTo("train");
    JsonNode byId =
        items("\"version\":\"" + version + "\",\"ids\":[\"corner\",\"gone\",\"right\"]");
    assertThat(byId).hasSize(2);
    assertThat(byId.at("/0/index").asInt()).isEqualTo(3);
    assertThat(byId.at("/1/index").asInt()).isEqualTo(1);
    assertThat(items("\"version\":\"" + version + "\",\"from\":1,\"limit\":2")).hasSize(2);
  }

  private JsonNode items(String fields) throws Exception {
    Client.Answer answer = fixture.client.post(SPACE + "/items", "{" + fields + "}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("items");
  }

  @Test
  void aVersionThatIsGoneIsToldSo() throws Exception {
    String version = version();
    fixture.client.put("/v1/collections/greys/items/late", "{\"vector\":[0,1,0,0,0,0]}");
    assertThat(bytes(SPACE + "/points?version=" + version))
        .as("until another is asked")
        .hasSize(24);
    assertThat(version()).isNotEqualTo(version);
    Client.Answer gone = fixture.client.get(SPACE + "/points?version=" + version);
    assertThat(gone.status()).isEqualTo(404);
    assertThat(gone.error()).contains("ask for the projection again");
  }

  @Test
  void whatMakesNoSenseIsRefused() throws Exception {
    String version = version();
    assertThat(fixture.client.get(SPACE + "?method=tsne").error()).contains("method", "pca");
    assertThat(fixture.client.get(SPACE + "?method=umap").error()).contains("at least 17 items");
    assertThat(fixture.client.get(SPACE + "/points").error()).contains("version is missing");
    assertThat(fixture.client.get("/v1/collections/orphans/projection").error())
        .contains("at least 4 items");
    assertThat(fixture.client.get("/v1/collections/none/projection").status()).isEqualTo(404);
    for (String fields : new String[] {
      "\"indices\":[0]",
      "\"version\":\"" + version + "\"",
      "\"version\":\"" + version + "\",\"indices\":[0],\"ids\":[\"a\"]",
      "\"version\":\"" + version + "\",\"indices\":[-1]",
      "\"version\":\"" + version + "\",\"from\":0,\"limit\":1001",
      "\"version\":\"" + version + "\",\"all\":true"
    }) {
      assertThat(fixture.client.post(SPACE + "/items", "{" + fields + "}").status())
          .as(fields)
          .isEqualTo(400);
    }
  }

  @Test
  void moviesHaveASpaceToo() throws Exception {
    JsonNode space = fixture.client.get("/v1/movies/projection").json();
    assertThat(space.path("count").asInt()).isEqualTo(4);
    assertThat(space.path("attributes").toString())
        .isEqualTo("[\"bias\",\"genre\",\"mean_rating\",\"ratings\"]");
    String version = space.path("version").asText();
    JsonNode legend = fixture
        .client
        .get("/v1/movies/projection/legend?attribute=genre&version=" + version)
        .json();
    assertThat(legend.at("/values/0/value").asText()).isEqualTo("drama");
    assertThat(legend.at("/values/0/count").asInt()).isEqualTo(4);
    JsonNode items = fixture
        .client
        .post("/v1/movies/projection/items", "{\"version\":\"" + version + "\",\"ids\":[\"2\"]}")
        .json();
    assertThat(items.at("/items/0/index").asInt()).isEqualTo(1);
    assertThat(items.at("/items/0/attributes/title").asText()).isEqualTo("Star Wars (1977)");
    assertThat(items.at("/items/0/attributes/bias").asDouble()).isCloseTo(.9, within(1e-6));
  }

  private String version() throws Exception {
    return fixture.client.get(SPACE).json().path("version").asText();
  }

  private byte[] bytes(String path) throws Exception {
    HttpResponse<byte[]> response = HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + fixture.server.port() + path))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/octet-stream");
    return response.body();
  }
}
