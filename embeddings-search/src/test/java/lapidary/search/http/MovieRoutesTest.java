package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Movies over HTTP; the four films of the fixture are worked by hand. */
final class MovieRoutesTest {
  @TempDir
  Path folder;

  private Fixture fixture;
  private Client client;

  @BeforeEach
  void start() {
    fixture = Fixture.start(folder);
    client = fixture.client;
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private static String ids(Client.Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    StringBuilder ids = new StringBuilder();
    answer.json().path("movies").forEach(movie -> ids.append(movie.path("id").asText()));
    return ids.toString();
  }

  @Test
  void rankingsGoByBiasAmongTheRatedEnough() throws Exception {
    Client.Answer best = client.get("/v1/movies/best?k=2");
    assertThat(ids(best)).isEqualTo("24");
    assertThat(best.json().path("ranked_by").asText()).isEqualTo("bias");
    JsonNode first = best.json().path("movies").get(0);
    assertThat(first.path("title").asText()).isEqualTo("Star Wars (1977)");
    assertThat(first.path("score").asDouble()).isCloseTo(.9, within(1e-6));
    assertThat(first.path("mean_rating").asDouble()).isEqualTo(3.5);
    assertThat(ids(client.get("/v1/movies/best?min_ratings=15"))).isEqualTo("13");
    assertThat(ids(client.get("/v1/movies/worst?k=3"))).isEqualTo("314");
    assertThat(ids(client.get("/v1/movies/new?top=1&min_ratings=20"))).isEqualTo("1");
  }

  @Test
  void similarTakesAnIdOrWordsOfATitle() throws Exception {
    Client.Answer byId = client.get("/v1/movies/similar?movie=1&top=1");
    assertThat(ids(byId)).isEqualTo("2");
    assertThat(byId.json().path("ranked_by").asText()).isEqualTo("cosine");
    assertThat(byId.json().path("movies").get(0).path("score").asDouble())
        .isCloseTo(Math.sqrt(.5), within(1e-6));
    assertThat(ids(client.get("/v1/movies/similar?movie=heat&top=1"))).isEqualTo("2");
    Client.Answer ambiguous = client.get("/v1/movies/similar?movie=star");
    assertThat(ambiguous.status()).isEqualTo(400);
    assertThat(ambiguous.error()).contains("2 Star Wars (1977)", "3 Star Trek (1979)");
    assertThat(client.get("/v1/movies/similar").status()).isEqualTo(400);
  }

  @Test
  void aTextFindsFilmsAndNoneGivesTheMostRated() throws Exception {
    Client.Answer found = client.get("/v1/movies?q=star");
    assertThat(ids(found)).isEqualTo("32");
    assertThat(found.json().path("count").asInt()).isEqualTo(4);
    assertThat(found.json().path("predicts").asBoolean()).isFalse();
    assertThat(found.json().path("movies").get(0).has("score")).isFalse();
    assertThat(ids(client.get("/v1/movies?limit=2"))).isEqualTo("13");
    assertThat(ids(client.get("/v1/movies?q=nothing%20like%20it"))).isEmpty();
  }

  @Test
  void recommendingNeedsTheRatingFileAndAGoodBody() throws Exception {
    String path = "/v1/movies/recommend";
    Client.Answer without = client.post(path, "{\"user\":\"7\",\"seen\":[1,\"2\"]}");
    assertThat(without.status()).isEqualTo(400);
    assertThat(without.error()).contains("the rating file is not served");
    assertThat(client.post(path, "{\"seen\":[]}").error()).contains("no field user");
    assertThat(client.post(path, "{\"user\":1,\"seen\":[1.5]}").error())
        .contains("an id in seen is not text");
    assertThat(client.post(path, "{\"user\":1,\"top\":0.5}").error()).contains("top is 0.5");
    assertThat(client.post(path, "{\"user\":1,\"tops\":5}").error()).contains("did you mean");
    assertThat(client.get(path).status()).isEqualTo(405);
  }

  @Test
  void numbersOutOfRangeAreRefused() throws Exception {
    assertThat(client.get("/v1/movies/best?k=0").status()).isEqualTo(400);
    assertThat(client.get("/v1/movies/best?k=1001").error()).contains("up to 1000");
    assertThat(client.get("/v1/movies/best?min_ratings=-1").status()).isEqualTo(400);
  }

  @Test
  void aServerWithoutMoviesSaysSo() throws Exception {
    try (SearchServer server =
        SearchServer.start(List.of(Feature.noMovies()), ServerOptions.loopback(0))) {
      Client.Answer answer = new Client(server.port()).get("/v1/movies/best");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.error()).contains("no movies are served");
    }
  }
}
