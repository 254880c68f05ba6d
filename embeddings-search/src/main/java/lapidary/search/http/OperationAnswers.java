package lapidary.search.http;

import java.util.Map;

/** The JSON answers to an orchestrator, documented in the OpenAPI document. */
final class OperationAnswers {
  /** All of them, by the names of their schemas. */
  static final Map<String, Class<? extends Record>> ALL =
      Map.of("Live", Live.class, "Ready", Ready.class);

  private OperationAnswers() {}

  /**
   * Whether the server runs.
   *
   * @param live true, or nothing would answer
   */
  record Live(boolean live) {}

  /**
   * Whether the server takes requests.
   *
   * @param ready false while what is served is being loaded, and once it is stopping
   */
  record Ready(boolean ready) {}
}
