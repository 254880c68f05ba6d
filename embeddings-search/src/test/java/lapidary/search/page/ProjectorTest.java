package lapidary.search.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import lapidary.search.movies.NamedVectors;
import lapidary.search.projector.ProjectorPage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The projector alone, on points made up: all of them are drawn, found and let go. How fast is printed, not required. */
final class ProjectorTest {
  private static final String BENCH_PAGE = """
      <!doctype html><html lang="en"><head><title>points</title>
      <link rel="stylesheet" href="/page/page.css"><link rel="stylesheet" href="/page/projector/projector.css">
      <script type="module" src="/page/bench.js"></script></head>
      <body><main id="host"></main></body></html>""";

  private static final String BENCH_SCRIPT = """
      import { BYTES, cloud } from './projector/cloud.js';
      import { projector } from './projector/projector.js';
      const host = document.getElementById('host');
      host.style.cssText = 'position: fixed; inset: 0';
      let drawn = null;
      const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
      window.mount = async (count, way) => {
        const surface = way && (await import(`./projector/${way}.js`))[way];
        let state = 1;
        const chance = () => (state = (state * 16807) % 2147483647) / 2147483647;
        const places = new Uint16Array(3 * count);
        const codes = new Uint8Array(count);
        for (let i = 0; i < count; i++) {
          const group = i % 8;
          codes[i] = group + 1;
          for (let axis = 0; axis < 3; axis++) {
            const middle = 12000 + 41000 * ((group >> axis) & 1);
            places[3 * i + axis] = middle + (chance() + chance() + chance() - 1.5) * 14000;
          }
        }
        const begun = performance.now();
        const axes = ['x', 'y', 'z'].map(name => ({ name, least: 0, most: 1 }));
        window.told = [];
        drawn = await projector(host, cloud(places, axes), {
          label: 'points', surface, tell: async index => ({ title: `point ${index}`, lines: [] }),
          onlasso: indices => { window.lassoed = [...indices]; }, onpick: index => { window.picked = index; },
        });
        drawn.colour(codes, { kind: 'classes', values: [...Array(8)].map((_, i) => ({ value: `g${i}`, count: count / 8 })), others: 0, none: 0 });
        while (!drawn.stats.frames) await frame();
        await frame();
        return { first: performance.now() - begun, bytes: BYTES };
      };
      window.spin = async millis => {
        const begun = performance.now();
        const frames = drawn.stats.frames;
        while (performance.now() - begun < millis) { drawn.turn(4, 1); await frame(); }
        return (1000 * (drawn.stats.frames - frames)) / (performance.now() - begun);
      };
      window.rest = async () => { const before = drawn.stats.frames; await new Promise(r => setTimeout(r, 600)); return drawn.stats.frames - before; };
      window.spot = index => drawn.at(index);
      window.around = () => drawn.draw(true);
      window.within = margin => [...Array(4000).keys()].filter(index => {
        const [x, y] = drawn.at(index);
        return x > 300 + margin && x < 620 - margin && y > 200 + margin && y < 520 - margin;
      });
      window.close = () => { const canvas = drawn.element; drawn.close(); return canvas.getContext('webgl2').isContextLost(); };
      """;

  @RegisterExtension
  static final Site site = Site.with(0);

  private Tab bench() {
    Tab tab = site.open(Look.LIGHT);
    serve(tab, "/page/bench.html", "text/html", BENCH_PAGE);
    serve(tab, "/page/bench.js", "text/javascript", BENCH_SCRIPT);
    tab.go("/page/bench.html");
    tab.page.waitForFunction("() => window.mount");
    return tab;
  }

  private void serve(Tab tab, String path, String type, String text) {
    tab.page.route(
        site.server().url(path),
        route -> route.fulfill(new Route.FulfillOptions().setContentType(type).setBody(text)));
  }

  @Test
  void twoHundredThousandPointsAreDrawnAndFound() throws Exception {
    try (Tab tab = bench()) {
      Map<?, ?> mounted = (Map<?, ?>) tab.page.evaluate("() => mount(200000)");
      Object rate = tab.page.evaluate("() => spin(3000)");
      System.out.printf(
          Locale.ROOT,
          "200,000 points: first frame after %.0f ms, %.1f frames/s, %s bytes a point%n",
          ((Number) mounted.get("first")).doubleValue(),
          ((Number) rate).doubleValue(),
          mounted.get("bytes"));
      tab.screenshot("projector-200000");
      List<?> spot = (List<?>) tab.page.evaluate("() => spot(77)");
      tab.page.mouse().move(number(spot, 0), number(spot, 1));
      assertThat(tab.page.locator(".tip strong").innerText()).startsWith("point ");
      assertThat(tab.page.evaluate("() => rest()"))
          .as("frames while nothing changes")
          .isEqualTo(0);
    }
  }

  @Test
  void aCardIsUsedAndLetGo() throws Exception {
    try (Tab tab = bench()) {
      tab.page.evaluate("() => mount(20000, 'scene')");
      assertThat(tab.page.evaluate("() => close()"))
          .as("the card's memory is free")
          .isEqualTo(true);
    }
  }

  /** Of each pixel whether a point is there: the graphics card's program is the judge, edges may differ. */
  @Test
  void aProcessorDrawsWhatACardDoes() throws Exception {
    try (Tab tab = bench()) {
      BitSet byCard = drawn(tab, "scene");
      BitSet byProcessor = drawn(tab, "paper");
      BitSet both = (BitSet) byCard.clone();
      both.and(byProcessor);
      BitSet either = (BitSet) byCard.clone();
      either.or(byProcessor);
      assertThat(byCard.cardinality()).isGreaterThan(10_000);
      assertThat((double) both.cardinality() / either.cardinality()).isGreaterThan(0.75);
    }
  }

  /** Pixels of the points, which are told from ground and writing by being colourful. */
  private static BitSet drawn(Tab tab, String way) throws IOException {
    tab.page.evaluate("way => mount(4000, way)", way);
    byte[] png = tab.page.locator("canvas").screenshot();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    BitSet colourful = new BitSet();
    for (int at = 0; at < image.getWidth() * image.getHeight(); at++) {
      Color colour = new Color(image.getRGB(at % image.getWidth(), at / image.getWidth()));
      int most = Math.max(colour.getRed(), Math.max(colour.getGreen(), colour.getBlue()));
      int least = Math.min(colour.getRed(), Math.min(colour.getGreen(), colour.getBlue()));
      colourful.set(at, most - least > 40);
    }
    return colourful;
  }

  @Test
  void aMillionPointsAreDrawn() throws Exception {
    try (Tab tab = bench()) {
      tab.page.setDefaultTimeout(60_000);
      Map<?, ?> mounted = (Map<?, ?>) tab.page.evaluate("() => mount(1000000)");
      Object rate = tab.page.evaluate("() => spin(2000)");
      System.out.printf(
          Locale.ROOT,
          "1,000,000 points: first frame after %.0f ms, %.1f frames/s%n",
          ((Number) mounted.get("first")).doubleValue(),
          ((Number) rate).doubleValue());
      // Once they are still all of them are drawn.
      assertThat(tab.page.locator(".part")).isHidden();
      tab.screenshot("projector-1000000");
    }
  }

  /** Against a plain comparison of each point's place on the screen, but for a pixel at the edge. */
  @Test
  void whatIsDrawnAroundIsWhatLiesWithin() throws Exception {
    try (Tab tab = bench()) {
      tab.page.evaluate("() => mount(4000)");
      tab.page.evaluate("() => around()");
      for (int[] corner : new int[][] {{300, 200}, {620, 200}, {620, 520}, {300, 520}}) {
        tab.page.mouse().move(corner[0], corner[1]);
        if (corner[0] == 300 && corner[1] == 200) {
          tab.page.mouse().down();
        }
      }
      tab.page.mouse().up();
      List<Object> lassoed = list(tab, "() => lassoed");
      assertThat(lassoed).containsAll(list(tab, "() => within(1)"));
      assertThat(list(tab, "() => within(-1)")).containsAll(lassoed);
      assertThat(lassoed.size()).isBetween(20, 3500);
    }
  }

  private static List<Object> list(Tab tab, String script) {
    return List.copyOf((List<?>) tab.page.evaluate(script));
  }

  /** From a file, without a server, as a person opens what a command wrote. */
  @Test
  void aPageOfItsOwnNeedsNoServer(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("plot.html");
    List<String> names = IntStream.range(0, 40).mapToObj(i -> "name " + i).toList();
    float[][] vectors = IntStream.range(0, 40)
        .mapToObj(i -> new float[] {i % 7, i % 5, i % 3, i})
        .toArray(float[][]::new);
    long bytes =
        ProjectorPage.write(file, "Names in space", NamedVectors.of("name", names, vectors));
    System.out.println("a page of its own: " + bytes + " bytes");
    try (Tab tab = site.open(Look.LIGHT)) {
      tab.page.navigate(file.toUri().toString());
      tab.page.waitForSelector("canvas");
      assertThat(tab.page.locator("#about").innerText()).startsWith("All 40 points");
      assertThat(tab.page.locator(".legend li").count()).isEqualTo(40);
      tab.page.getByText("2-D", new Page.GetByTextOptions().setExact(true)).click();
      tab.screenshot("projector-page");
    }
  }

  private static double number(List<?> list, int at) {
    return ((Number) list.get(at)).doubleValue();
  }
}
