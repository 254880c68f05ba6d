package lapidary.search.projector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import lapidary.search.space.Axis;
import lapidary.search.space.Colouring;
import lapidary.search.space.Legend;

/**
 * Puts a page together: styles, data, the projector's modules as texts, and a loader that makes modules of them. A policy lets that one
 * loader, what it makes and the styles through, and nothing from anywhere else. Stateless.
 */
final class PageText {
  private static final String FOLDER = "/lapidary/search/http/page/";
  private static final List<String> STYLES =
      List.of("page.css", "projector/projector.css", "projector/standalone.css");
  private static final List<String> OWN = List.of(
      "core/colours.js",
      "core/dom.js",
      "core/later.js",
      "projector/camera.js",
      "projector/cloud.js",
      "projector/gestures.js",
      "projector/lasso.js",
      "projector/legend.js",
      "projector/overlay.js",
      "projector/palette.js",
      "projector/paper.js",
      "projector/projector.js",
      "projector/raster.js",
      "projector/scene.js",
      "projector/screen.js",
      "projector/shaders.js",
      "projector/sizes.js",
      "projector/sprites.js",
      "projector/standalone.js",
      "projector/surface.js",
      "projector/tip.js",
      "projector/toolbar.js");
  private static final List<String> THREE = List.of("three.module.min.js", "three.core.min.js");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private PageText() {}

  static String of(PageContent content) {
    String styles = STYLES.stream().map(PageText::own).collect(Collectors.joining("\n"));
    String loader = own("projector/loader.js");
    String policy = "default-src 'none'; script-src '" + digest(loader) + "' blob:; style-src '"
        + digest(styles) + "'; img-src data: blob:; base-uri 'none'; form-action 'none'";
    String title = content.title().replace("&", "&amp;").replace("<", "&lt;");
    return "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        + "<meta http-equiv=\"Content-Security-Policy\" content=\"" + policy + "\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>" + title + "</title>\n<style>" + styles + "</style>\n</head>\n<body>\n"
        + "<header><h1>" + title + "</h1><p id=\"about\"></p></header>\n<main id=\"work\"></main>\n"
        + "<script id=\"data\" type=\"application/json\">" + json(content) + "</script>\n"
        + modules() + "<script>" + loader + "</script>\n</body>\n</html>\n";
  }

  private static String modules() {
    String own = OWN.stream().map(name -> module(name, own(name))).collect(Collectors.joining());
    return THREE.stream()
            .map(name -> module("three/" + name, text(ThreeFiles.opened(name), name)))
            .collect(Collectors.joining())
        + own;
  }

  /** As text that is not run: the loader reads it. */
  private static String module(String name, String text) {
    return "<script type=\"text/plain\" data-module=\"" + name + "\">"
        + text.replace("</script", "<\\/script").replace("<!--", "<\\!--") + "</script>\n";
  }

  private static String own(String name) {
    return text(PageText.class.getResourceAsStream(FOLDER + name), name);
  }

  private static String text(@org.jspecify.annotations.Nullable InputStream file, String name) {
    try (InputStream in = Objects.requireNonNull(file, () -> name + " is part of this jar")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    try {
      byte[] sha256 =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "sha256-" + Base64.getEncoder().encodeToString(sha256);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** JSON that may stand within a script element: a title cannot end it. */
  private static String json(PageContent content) {
    ObjectNode data = MAPPER.createObjectNode();
    data.put("total", content.total());
    int count = content.points().count();
    data.put("points", base64(content.points().bytes(0, count)));
    content.points().axes().forEach(axis -> addAxis(data, axis));
    content.colourings().forEach((name, colouring) -> addColouring(data, name, colouring, count));
    content.told().forEach(told -> {
      var all = data.withArray("told").addArray().add(told.title());
      told.lines().forEach(all::add);
    });
    content.pictures().ifPresent(pictures -> {
      ThumbnailSheet sheet = pictures.sheet();
      var written = data.putObject("pictures");
      written.put("uri", sheet.uri()).put("side", sheet.side()).put("columns", sheet.columns());
      pictures.of().forEach(written.putArray("of")::add);
    });
    try {
      return MAPPER.writeValueAsString(data).replace("<", "\\u003c");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  private static void addAxis(ObjectNode data, Axis axis) {
    ObjectNode written = data.withArray("axes").addObject();
    written.put("name", axis.name()).put("least", axis.least()).put("most", axis.most());
    axis.share().ifPresent(share -> written.put("share", share));
  }

  private static void addColouring(ObjectNode data, String name, Colouring colouring, int count) {
    Legend legend = colouring.legend();
    ObjectNode written = data.withArray("colours").addObject();
    written.put("name", name).put("codes", base64(colouring.codes(0, count)));
    ObjectNode meaning = written.putObject("legend");
    meaning.put("kind", legend.kind().name().toLowerCase(Locale.ROOT));
    meaning.put("others", legend.others()).put("none", legend.none());
    var values = meaning.putArray("values");
    legend.values().forEach(each -> {
      var value = values.addObject();
      value.putPOJO("value", each.value().json());
      value.put("count", each.count());
    });
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
