package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page holds the points it is to show and needs nothing from elsewhere. */
final class ComponentsPlotTest {
  private static final Pattern DATA =
      Pattern.compile("<script id=\"data\" type=\"application/json\">(.*?)</script>");
  private static final MovieCatalogue FILMS = MovieCatalogue.of(
      List.of(
          Catalogue.Item.of("1", "</script><b>", List.of("Drama")).rated(5, 3.5),
          Catalogue.Item.of("2", "Plain", List.of()).rated(9, 2),
          Catalogue.Item.of("3", "Rare", List.of()).rated(1, 4),
          Catalogue.Item.of("4", "Fourth", List.of()).rated(7, 4)),
      new float[][] {{4, 0, 0}, {0, 2, 0}, {0, 0, 1}, {-4, -2, 3}},
      new float[4]);

  @TempDir
  Path folder;

  @Test
  void theMostRatedStandWhereThePcaPutsThem() throws IOException {
    Path page = folder.resolve("plot.html");
    ComponentsPlot.write(page, FILMS, 3);
    Matcher matcher = DATA.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    JsonNode data = new ObjectMapper().readTree(matcher.group(1));
    assertThat(data.get("points"))
        .extracting(point -> point.get("id").asText())
        .containsExactly("2", "4", "1");
    assertThat(data.get("points").get(2).get("title").asText()).isEqualTo("</script><b>");
    float[] place = FILMS.position(FILMS.get("1"));
    for (int i = 0; i < 3; i++) {
      assertThat(data.get("points").get(2).get("at").get(i).asDouble())
          .isEqualTo(place[i], within(1e-6));
      assertThat(data.get("axes").get(i).get("share").asDouble())
          .isEqualTo(FILMS.pca().explainedVarianceRatio()[i]);
    }
  }

  @Test
  void thePageLoadsNothing() throws IOException {
    Path page = folder.resolve("plot.html");
    ComponentsPlot.write(page, FILMS, 4);
    assertThat(Files.readString(page))
        .doesNotContain("http:", "https:", "src=", "@import", "url(", "@DATA@");
  }

  @Test
  void twoComponentsMakeNoPlotInSpace() {
    assertThatThrownBy(() -> ComponentsPlot.write(folder.resolve("x.html"), FILMS.reducedTo(2), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs 3 components, not 2");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }
}
