package lapidary.search.inference;

/** Names that somebody sent, for sentences: in quotation marks and never long. Stateless. */
final class Quoted {
  private static final int LONGEST = 100;

  private Quoted() {}

  static String of(String sent) {
    return '"' + shown(sent) + '"';
  }

  /** What is looked for among names that are known: nothing long is near to one. */
  static String shown(String sent) {
    return sent.length() <= LONGEST ? sent : sent.substring(0, LONGEST) + "…";
  }
}
