package lapidary.cli.search;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import lapidary.models.AtomicFile;
import lapidary.search.store.Thumbnail;

/** A page of pictures that is one file: they are in it. Looks right in light and in dark, on a phone and on a wide screen. */
final class PicturePage {
  private static final String STYLE = """
      :root { color-scheme: light dark; --line: #0002; --soft: #0008; --back: #fafafa; --card: #fff }
      @media (prefers-color-scheme: dark) {
        :root { --line: #fff3; --soft: #fff9; --back: #16181c; --card: #1f2228 }
      }
      body { margin: 0 auto; max-width: 76rem; padding: 1.5rem; background: var(--back);
        font: 15px/1.45 system-ui, sans-serif }
      h1 { font-size: 1.25rem; margin: 0 0 .25rem; overflow-wrap: anywhere }
      h2 { font-size: 1rem; margin: 2rem 0 .75rem }
      p { margin: 0 0 1.25rem; color: var(--soft) }
      .grid { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(8.5rem, 1fr)) }
      figure { margin: 0; padding: .6rem; border: 1px solid var(--line); border-radius: .6rem;
        background: var(--card) }
      figure > div { aspect-ratio: 1; display: grid; place-items: center; color: var(--soft) }
      img { width: 100%; height: 100%; object-fit: contain; image-rendering: auto }
      img.small { image-rendering: pixelated }
      figcaption { margin-top: .5rem; font-size: .8rem; overflow-wrap: anywhere }
      figcaption b { font-variant-numeric: tabular-nums; font-weight: 600 }
      figcaption span { color: var(--soft) }
      """;

  private final StringBuilder body = new StringBuilder();
  private final String title;

  /**
   * A page without pictures.
   *
   * @param title what it shows
   * @param line a sentence about it
   */
  PicturePage(String title, String line) {
    this.title = title;
    body.append("<h1>").append(escaped(title)).append("</h1>\n");
    body.append("<p>").append(escaped(line)).append("</p>\n");
  }

  /**
   * One picture.
   *
   * @param score how near, as text; empty for none
   * @param id the item
   * @param label its label; empty for none
   * @param thumbnail its picture, or none
   */
  record Picture(String score, String id, String label, Thumbnail thumbnail) {}

  /** A heading above the next pictures. */
  void heading(String text) {
    body.append("<h2>").append(escaped(text)).append("</h2>\n");
  }

  /** Pictures beside each other. */
  void grid(List<Picture> pictures) {
    body.append("<div class=\"grid\">\n");
    pictures.forEach(this::append);
    body.append("</div>\n");
  }

  private void append(Picture picture) {
    body.append("<figure><div>").append(image(picture)).append("</div><figcaption>");
    if (!picture.score().isEmpty()) {
      body.append("<b>").append(escaped(picture.score())).append("</b> ");
    }
    body.append(escaped(picture.id()));
    if (!picture.label().isEmpty()) {
      body.append("<br><span>").append(escaped(picture.label())).append("</span>");
    }
    body.append("</figcaption></figure>\n");
  }

  private static String image(Picture picture) {
    Thumbnail thumbnail = picture.thumbnail();
    if (!thumbnail.isPresent()) {
      return "no picture";
    }
    // PNG is what was small already: enlarged, its pixels shall stay sharp.
    String small = thumbnail.mediaType().equals("image/png") ? " class=\"small\"" : "";
    return "<img" + small + " alt=\"" + escaped(picture.id()) + "\" src=\"data:"
        + thumbnail.mediaType() + ";base64,"
        + Base64.getEncoder().encodeToString(thumbnail.bytes()) + "\">";
  }

  /** Publishes the page whole or not at all. */
  void write(Path file) {
    String page = "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
        + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        + "<title>" + escaped(title) + "</title>\n<style>\n" + STYLE + "</style></head>\n<body>\n"
        + body + "</body></html>\n";
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
