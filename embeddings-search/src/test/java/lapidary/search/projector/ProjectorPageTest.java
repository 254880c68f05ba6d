package lapidary.search.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import lapidary.search.movies.MovieCatalogue;
import lapidary.search.movies.NamedVectors;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.store.Item;
import lapidary.search.store.Thumbnail;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page holds the points it is to show and needs nothing from elsewhere. */
final class ProjectorPageTest {
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
    assertThat(ProjectorPage.write(page, FILMS, 3)).isEqualTo(Files.size(page));
    JsonNode data = data(page);
    assertThat(data.get("total").asInt()).isEqualTo(4);
    assertThat(data.get("told"))
        .extracting(told -> told.get(0).asText())
        .containsExactly("Plain", "Fourth", "</script><b>");
    float[] place = FILMS.position(FILMS.get("1"));
    for (int i = 0; i < 3; i++) {
      JsonNode axis = data.get("axes").get(i);
      double length = axis.get("most").asDouble() - axis.get("least").asDouble();
      double at = axis.get("least").asDouble() + length * number(data, 2, i) / 65_535;
      assertThat(at).isEqualTo(place[i], within(length / 65_535));
      assertThat(axis.get("share").asDouble()).isEqualTo(FILMS.pca().explainedVarianceRatio()[i]);
    }
  }

  private static int number(JsonNode data, int point, int axis) {
    byte[] bytes = Base64.getDecoder().decode(data.get("points").asText());
    return Short.toUnsignedInt(
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getShort(2 * (3 * point + axis)));
  }

  @Test
  void aPolicyLetsNothingBeLoaded() throws IOException {
    Path page = folder.resolve("plot.html");
    ProjectorPage.write(page, FILMS, 4);
    assertThat(Files.readString(page))
        .contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .doesNotContain("src=\"http", "@import", "url(http", "<link");
  }

  @Test
  void aPageHasATitleOfItsOwn() throws IOException {
    Path page = folder.resolve("plot.html");
    NamedVectors days = NamedVectors.of("day", List.of("1", "2", "3", "4"), new float[][] {
      {4, 0, 0}, {0, 2, 0}, {0, 0, 1}, {-4, -2, 3}
    });
    ProjectorPage.write(page, "day <of> sales", days);
    assertThat(Files.readString(page))
        .contains("<title>day &lt;of> sales</title>", "<h1>day &lt;of> sales</h1>");
  }

  @Test
  void photosComeWithTheirSmallPicturesInOneSheet() throws IOException {
    Path page = folder.resolve("plot.html");
    writeGallery(page, 5, true);
    JsonNode data = data(page);
    assertThat(data.at("/colours/0/legend/values"))
        .extracting(value -> value.get("value").asText() + value.get("count").asInt())
        .containsExactly("even3", "odd2");
    JsonNode sheet = data.get("pictures");
    assertThat(sheet.get("side").asInt()).isEqualTo(12);
    assertThat(sheet.get("columns").asInt()).isEqualTo(3);
    String uri = sheet.get("uri").asText();
    byte[] jpeg = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
    for (int i = 0; i < 5; i++) {
      int grey = image.getRaster().getSample(i % 3 * 12 + 6, i / 3 * 12 + 6, 0);
      assertThat(grey).as("picture " + i).isCloseTo(40 * i, within(6));
    }
  }

  @Test
  void allPointsAreThereAndTheShareOfPicturesIsTold() throws IOException {
    Path page = folder.resolve("plot.html");
    writeGallery(page, 1100, true);
    JsonNode data = data(page);
    assertThat(data.get("total").asInt()).isEqualTo(1100);
    assertThat(data.get("told")).hasSize(1100);
    assertThat(data.at("/pictures/of")).hasSize(550);
    assertThat(data.at("/pictures/of/2").asInt()).isEqualTo(4);
    Path again = folder.resolve("again.html");
    writeGallery(again, 1100, true);
    assertThat(again).hasSameBinaryContentAs(page);
    writeGallery(page, 1100, false);
    assertThat(data(page).has("pictures")).isFalse();
  }

  @Test
  void otherNumbersOfPicturesThanItemsAreRefused() {
    List<Item> items = List.of(Item.of("a"));
    assertThatThrownBy(() -> new Gallery("t", items, List.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("1 items have 0 pictures");
  }

  @Test
  void twoComponentsMakeNoPlotInSpace() {
    assertThatThrownBy(() -> ProjectorPage.write(folder.resolve("x.html"), FILMS.reducedTo(2), 4))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs 3 components, not 2");
    assertThat(folder.resolve("x.html")).doesNotExist();
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
    ProjectorPage.write(page, new Gallery("photos", items, thumbnails), pca.project(vectors), pca);
  }

  private static JsonNode data(Path page) throws IOException {
    Matcher matcher = DATA.matcher(Files.readString(page));
    assertThat(matcher.find()).isTrue();
    return new ObjectMapper().readTree(matcher.group(1));
  }
}
