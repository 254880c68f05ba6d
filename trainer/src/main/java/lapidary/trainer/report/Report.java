package lapidary.trainer.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;

/**
 * Writes {@code report.html}: one page that needs no network, no script and no other file. Equal data gives equal bytes on one Java
 * platform. Stateless.
 */
public final class Report {
  private Report() {}

  /**
   * Publishes the page.
   *
   * @throws InvalidInputException if the file cannot be written
   */
  public static void write(Path file, ReportData data) {
    AtomicFile.writeText(file, toHtml(data));
  }

  /** The page as text. */
  public static String toHtml(ReportData data) {
    StringBuilder page = new StringBuilder("<!doctype html>\n<html lang=\"en\">\n<head>\n")
        .append("<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>")
        .append(Html.escape(data.title()))
        .append("</title>\n<style>\n")
        .append(style())
        .append("</style>\n</head>\n<body>\n<main>\n<header>\n<h1>")
        .append(Html.escape(data.title()))
        .append("</h1>\n")
        .append(EpochSection.headline(data.course()))
        .append("</header>\n")
        .append(CurveSection.html(data.course()));
    data.answers().ifPresent(answers -> page.append(answers.html()));
    return page.append(EpochSection.table(data.course()))
        .append(facts(data.facts()))
        .append("</main>\n</body>\n</html>\n")
        .toString();
  }

  private static String facts(Map<String, String> facts) {
    if (facts.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<section>\n<h2>The run</h2>\n<dl class=\"facts\">\n");
    facts.forEach((name, value) -> html.append("<div><dt>")
        .append(Html.escape(name))
        .append("</dt><dd>")
        .append(Html.escape(value))
        .append("</dd></div>\n"));
    return html.append("</dl>\n</section>\n").toString();
  }

  private static String style() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      if (in == null) {
        throw new IllegalStateException("the trainer's jar lacks report.css");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the trainer's jar cannot be read at report.css", e);
    }
  }
}
