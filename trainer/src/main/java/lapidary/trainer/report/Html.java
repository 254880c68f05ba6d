package lapidary.trainer.report;

/** Text made safe for HTML and XML. */
final class Html {
  private Html() {}

  /** The text with the characters that mean something in markup written as entities, also within attributes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
