package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.search.movies.MovieService;
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

  @Test
  void typingErrorsAndTurnedTitlesAreUnderstood() throws Exception {
    JsonNode found = client.get("/v1/movies?q=starwras").json().path("movies");
    assertThat(found).isEmpty();
    assertThat(ids(client.get("/v1/movies?q=star%20wras"))).isEqualTo("2");
    assertThat(ids(client.get("/v1/movies?q=1979"))).isEqualTo("34");
    JsonNode heat = client.get("/v1/movies?q=haet").json().path("movies").get(0);
    assertThat(heat.path("name").asText()).isEqualTo("Heat");
    assertThat(heat.path("year").asInt()).isEqualTo(1995);
    assertThat(heat.path("bias").asDouble()).isCloseTo(.1, within(1e-6));
  }

  @Test
  void everyListIsFilteredByGenreAndYears() throws Exception {
    assertThat(ids(client.get("/v1/movies/best?from=1978"))).isEqualTo("413");
    assertThat(ids(client.get("/v1/movies/best?from=1977&to=1979&without=4,2"))).isEqualTo("3");
    assertThat(ids(client.get("/v1/movies/worst?to=1978"))).isEqualTo("2");
    assertThat(ids(client.get("/v1/movies?q=star&to=1977"))).isEqualTo("2");
    assertThat(ids(client.get("/v1/movies/similar?movie=1&from=1979"))).isEqualTo("34");
    assertThat(ids(client.get("/v1/movies?genre=drama"))).isEqualTo("1324");
    assertThat(ids(client.get("/v1/movies?genre=Drama,Western"))).isEmpty();
    assertThat(client.get("/v1/movies/best?from=1990&to=1980").error())
        .contains("give the earlier year first");
  }

  @Test
  void facetsTellWhatCanBeAsked() throws Exception {
    JsonNode facets = client.get("/v1/movies/facets").json();
    assertThat(facets.path("count").asInt()).isEqualTo(4);
    assertThat(facets.path("hides_rated").asBoolean()).isTrue();
    assertThat(facets.path("genres")).hasToString("[{\"name\":\"drama\",\"count\":4}]");
    assertThat(facets.path("years")).hasToString("{\"first\":1977,\"last\":1995}");
    assertThat(facets.path("scale")).hasToString("{\"least\":0.5,\"most\":5.0}");
  }

  @Test
  void aFilmIsToldInDetailAndPlottedAmongAll() throws Exception {
    JsonNode alien = client.get("/v1/movies/items/4?k=2").json();
    assertThat(alien.path("place").asInt()).isEqualTo(2);
    assertThat(alien.path("among").asInt()).isEqualTo(4);
    assertThat(alien.path("movie").path("name").asText()).isEqualTo("Alien");
    assertThat(alien.path("similar")).hasSize(2);
    JsonNode heat = client.get("/v1/movies/items/1?min_ratings=20").json();
    assertThat(heat.path("place").asInt()).isEqualTo(1);
    assertThat(heat.path("among").asInt()).isEqualTo(2);
    assertThat(client.get("/v1/movies/items/9").status()).isEqualTo(404);
    JsonNode plot = client.get("/v1/movies/plot").json();
    assertThat(plot.path("ids")).hasToString("[\"1\",\"2\",\"3\",\"4\"]");
    assertThat(plot.path("bias")).hasToString("[0.1,0.9,-0.4,0.3]");
    assertThat(plot.path("ratings")).hasToString("[30,10,20,0]");
  }

  @Test
  void aNewVisitorsListsAreMadeFromRatingsAndHideThem() throws Exception {
    String path = "/v1/movies/visitor";
    JsonNode nothing = client.post(path, "{}").json();
    assertThat(nothing.path("ratings").asInt()).isZero();
    assertThat(nothing.path("for_you")).hasSize(4);
    assertThat(nothing.path("because")).isEmpty();
    JsonNode one = client
        .post(
            path,
            "{\"ratings\":[{\"movie\":1,\"rating\":5},{\"movie\":\"4\",\"rating\":1}],\"about\":[2]}")
        .json();
    assertThat(one.path("for_you").get(0).path("id").asText()).isEqualTo("2");
    assertThat(one.path("for_you")).hasSize(2);
    assertThat(one.path("because")).hasSize(1);
    assertThat(one.path("because").get(0).path("liked").path("name").asText()).isEqualTo("Heat");
    assertThat(one.path("because").get(0).path("movies")).hasSize(2);
    assertThat(one.path("expected").get(0).path("score"))
        .isEqualTo(one.path("for_you").get(0).path("score"));
    assertThat(client.post(path, "{\"ratings\":[{\"movie\":1,\"rating\":9}]}").error())
        .contains("a rating is 9.0; give one from 0.5 to 5.0");
    assertThat(client.post(path, "{\"ratings\":[{\"movie\":99,\"rating\":4}]}").error())
        .contains("no movie has the id 99");
    assertThat(client.post(path, "{\"ratings\":[{\"movie\":1}]}").error())
        .contains("give {\"movie\": ID, \"rating\": NUMBER}");
  }

  @Test
  void whatAKnownUserRatedIsToldWhereItIsServed() throws Exception {
    JsonNode rated = client.get("/v1/movies/users/7/ratings").json();
    assertThat(rated.path("movies").get(0).path("id").asText()).isEqualTo("1");
    assertThat(rated.path("movies").get(1).path("score").asDouble()).isEqualTo(3);
    assertThat(client.get("/v1/movies/users/8/ratings").json().path("movies")).isEmpty();
    MovieService unknown = new MovieService(Fixture.FILMS, Optional.empty());
    try (SearchServer server =
        SearchServer.start(List.of(Feature.movies(unknown)), ServerOptions.loopback(0))) {
      assertThat(new Client(server.port()).get("/v1/movies/users/7/ratings").error())
          .contains("start the server with --ratings-data");
    }
  }
}
