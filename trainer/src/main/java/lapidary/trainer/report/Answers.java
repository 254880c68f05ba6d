package lapidary.trainer.report;

/** A model's answers on the validation rows, as a report shows them. Immutable. */
public sealed interface Answers permits ClassAnswers, NumberAnswers {
  /** The sections of the page that show them. */
  String html();
}
