package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyTabular;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one sees of models, and trying one. */
final class ModelsTest {
  @RegisterExtension
  static final Site site = Site.with(60);

  @Test
  void theFormIsFilledInWithAnExampleThatIsAnswered() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares b").first()).hasText(DrawnPicture.label(0));
      assertThat(tab.page.locator(".command code")).containsText("/v1/models/palette/predict");
      assertThat(tab.page.locator(".command code")).containsText("-F k=5");
    }
  }

  @Test
  void anotherPictureAndFewerClassesAreAnsweredAndTold(@TempDir Path folder) throws IOException {
    Path picture = Files.write(folder.resolve("other.png"), DrawnPicture.png(3));
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/models?model=palette");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      tab.page.getByLabel("Another picture").setInputFiles(picture);
      tab.page.getByLabel("Classes, at most").fill("2");
      assertThat(tab.page.locator(".command code")).containsText("image=@other.png");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer .shares li")).hasCount(2);
      assertThat(tab.page.locator(".answer .shares b").first()).hasText(DrawnPicture.label(3));
    }
  }

  @Test
  void whatItDoesIsDrawnAsItIsDone() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      assertThat(tab.page.locator(".chart").last()).containsText(Pattern.compile("1: [0-9]+"));
      tab.button("Run").click();
      assertThat(tab.page.locator(".chart").first()).containsText(Pattern.compile("now .* ms"));
    }
  }

  /** What has no picture, columns or ids is run by its tensors, of which each has a field. */
  @Test
  void aModelOfTensorsHasAFieldForEach() throws IOException {
    try (Tab tab = trying("sums", TinyModel.sums(), Look.LIGHT).expecting("400")) {
      assertThat(tab.page.locator(".answer")).containsText("sum");
      tab.page.getByLabel("a, FP32 [2]").fill("[1, 2]");
      tab.page.getByLabel("b, FP32 [2]").fill("[30, 40]");
      assertThat(tab.page.locator(".command code")).containsText("/v2/models/sums/infer");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer")).containsText(Pattern.compile("31[^0-9]+42"));
      assertThat(tab.page.locator(".answer")).containsText(Pattern.compile("-29[^0-9]+38"));
      tab.requireAccessible();
      tab.page.getByLabel("a, FP32 [2]").fill("[1, 2");
      tab.button("Run").click();
      assertThat(wrong(tab)).containsText("This is not JSON");
      tab.page.getByLabel("a, FP32 [2]").fill("[1, 2, 3]");
      tab.button("Run").click();
      assertThat(tab.page.locator(".answer .trouble")).containsText("[3]");
    }
  }

  /** A column each, with its kind of value; the model's numbers are written with a decimal comma. */
  @ParameterizedTest
  @EnumSource(Look.class)
  void aModelOfRowsHasAFieldForEachColumn(Look look) throws IOException {
    try (Tab tab = trying("sum", TinyTabular.sum(), look).expecting("400")) {
      // 100 for red, 2.5, and the days from 1970 to 31 July 2015.
      assertThat(number(tab)).hasText("16,749.5");
      tab.page.getByLabel("colour").selectOption("blue");
      tab.page.getByLabel("size").fill("0.25");
      tab.page.getByLabel("sold").fill("1970-01-08");
      assertThat(tab.page.locator(".command code")).containsText("\"size\":\"0,25\"");
      tab.button("Run").click();
      assertThat(number(tab)).hasText("207.25");
      tab.page.getByLabel("size").fill("");
      tab.button("Run").click();
      // A missing number stays one in this file, which fills nothing in.
      assertThat(tab.page.locator(".answer .trouble")).isVisible();
      tab.page.getByLabel("size").fill("1e39");
      tab.button("Run").click();
      assertThat(wrong(tab)).containsText("This number is too large");
      assertThat(tab.page.getByLabel("size")).isFocused();
      tab.requireAccessible();
      tab.screenshot("models-rows-wrong");
      tab.page.getByLabel("size").fill("1");
      assertThat(wrong(tab)).isHidden();
      tab.button("Run").click();
      assertThat(number(tab)).hasText("208");
      tab.screenshot("models-rows");
    }
  }

  @ParameterizedTest
  @EnumSource(Look.class)
  void aModelOfPairsAsksForUserAndItem(Look look) throws IOException {
    try (Tab tab = trying("ratings", TinyTabular.ratings(), look)) {
      assertThat(number(tab)).hasText("11.00");
      tab.page.getByLabel("User").fill("bob");
      tab.page.getByLabel("Item").fill("cake");
      tab.button("Run").click();
      assertThat(number(tab)).hasText("22.00");
      assertThat(tab.page.locator(".answer")).containsText("what user bob would give item cake");
      tab.page.getByLabel("User").fill("nobody");
      tab.button("Run").click();
      assertThat(number(tab)).hasText("2.00");
      assertThat(tab.page.locator(".answer")).containsText("an average user");
      tab.page.getByLabel("Item").fill(" ");
      tab.button("Run").click();
      assertThat(wrong(tab)).containsText("Give the id of the item");
      tab.requireAccessible();
      tab.screenshot("models-pairs-wrong");
    }
  }

  @Test
  void howManyClassesAreWantedIsAWholeNumber() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/models");
      assertThat(tab.page.locator(".answer .shares li")).hasCount(5);
      tab.page.getByLabel("Classes, at most").fill("2.5");
      tab.button("Run").click();
      assertThat(wrong(tab)).containsText("Give a whole number from 1 to 1000");
    }
  }

  private static Tab trying(String name, TinyModel model, Look look) throws IOException {
    PageServer server = site.another(folder -> PageServer.start(folder, 0)).serving(name, model);
    return site.open(server, look).go("/models");
  }

  private static Locator number(Tab tab) {
    return tab.page.locator(".answer .big-number");
  }

  /** What is said at a field. */
  private static Locator wrong(Tab tab) {
    return tab.page.locator(".labelled .wrong:not([hidden])");
  }

  @Test
  void aModelIsFoundByItsName() {
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.go("/models");
      tab.field().fill("pal");
      assertThat(tab.page.locator(".card")).isVisible();
      tab.field().fill("nothing");
      assertThat(tab.page.getByText("0 of 1 model")).isVisible();
      assertThat(tab.page.locator(".card")).isHidden();
    }
  }
}
