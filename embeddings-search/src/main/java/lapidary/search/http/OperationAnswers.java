package lapidary.search.http;

/** The JSON answers to an orchestrator, documented in the OpenAPI document. */
final class OperationAnswers {
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
   * @param ready false once it is stopping
   */
  record Ready(boolean ready) {}
}
