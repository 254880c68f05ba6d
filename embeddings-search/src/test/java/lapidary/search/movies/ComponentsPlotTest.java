package lapidary.search.movies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lapidary.models.Catalogue;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
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
    JsonNode data = data(page);
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
  void aPageHasATitleOfItsOwn() throws IOException {
    Path page = folder.resolve("plot.html");
    NamedVectors days = NamedVectors.of("day", List.of("1", "2", "3", "4"), new float[][] {
      {4, 0, 0}, {0, 2, 0}, {0, 0, 1}, {-4, -2, 3}
    });
    ComponentsPlot.write(page, "day <of> sales", days);
    assertThat(Files.readString(page))
        .contains("<title>day &lt;of> sales</title>", "<h1>day &lt;of> sales</h1>")
        .doesNotContain("@TITLE@", "Items by their principal components");
  }

  @Test
  void photosComeWithTheirSmallPicturesInOneSheet() throws IOException {
    Path page = folder.resolve("plot.html");
    writeGallery(page, 5, true);
    JsonNode data = data(page);
    assertThat(data.get("classes")).extracting(JsonNode::asText).containsExactly("even", "odd");
    JsonNode sheet = data.get("pictures");
    assertThat(sheet.get("side").asInt()).isEqualTo(12);
    assertThat(sheet.get("columns").asInt()).isEqualTo(3);
    String uri = sheet.get("uri").asText();
    byte[] jpeg = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    assertThat(image.getWidth()).isEqualTo(36);
    assertThat(image.getHeight()).isEqualTo(24);
    for (int i = 0; i < 5; i++) {
      int grey = image.getRaster().getSample(i % 3 * 12 + 6, i / 3 * 12 + 6, 0);
      assertThat(grey).as("picture " + i).isCloseTo(40 * i, within(6));
    }
  }

  @Test
  void manyPhotosAreThinnedEvenlyAndEqualOnesGiveEqualBytes() throws IOException {
    Path page = folder.resolve("plot.html");
    writeGallery(page, 1100, true);
    JsonNode points = data(page).get("points");
    assertThat(data(page).get("total").asInt()).isEqualTo(1100);
    assertThat(points).hasSize(550);
    assertThat(points.get(2).get("id").asText()).isEqualTo("4");
    Path again = folder.resolve("again.html");
    writeGallery(again, 1100, true);
    assertThat(again).hasSameBinaryContentAs(page);
    writeGallery(page, 1100, false);
    assertThat(data(page).get("points")).hasSize(1100);
    assertThat(data(page).get("pictures").isNull()).isTrue();
  }

  @Test
  void otherNumbersOfPicturesThanItemsAreRefused() {
    List<Item> items = List.of(Item.of("a"));
    assertThatThrownBy(() -> new Gallery("t", items, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 items have 0 pictures");
  }

  /** Grey pictures of 12 by 16, each lighter than the one before. */
  private static void writeGallery(Path page, int count, boolean pictures) {
    byte[] bytes = new byte[count * 12 * 16];
    float[][] vectors = new float[count][];
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Arrays.fill(bytes, i * 192, (i + 1) * 192, (byte) Math.min(255, 40 * i));
      vectors[i] = new float[] {i % 7, i % 5, i % 3};
      items.add(Item.of(Integer.toString(i), i % 2 == 0 ? "even" : "odd"));
    }
    Pixels pixels = Pixels.of(count, 12, 16, 1, bytes);
    List<Thumbnail> thumbnails = IntStream.range(0, count)
        .mapToObj(i -> pictures ? Thumbnail.of(pixels, i) : Thumbnail.none())
        .toList();
    Pca pca = Pca.fit(vectors, PcaOptions.keeping(3));
    ComponentsPlot.write(page, new Gallery("photos", items, thumbnails), pca.project(vectors), pca);
  }

  private static JsonNode data(Path page) throws IOException {
    Matcher matcher = DATA.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }

  @Test
  void twoComponentsMakeNoPlotInSpace() {
    assertThatThrownBy(() -> ComponentsPlot.write(folder.resolve("x.html"), FILMS.reducedTo(2), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs 3 components, not 2");
    assertThat(folder.resolve("x.html")).doesNotExist();
  }
}
