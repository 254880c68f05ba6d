package lapidary.trainer;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.trainer.engine.Engines;
import lapidary.trainer.problem.Subject;

/**
 * What is decided of a run before it begins.
 *
 * @param plan how
 * @param subject what
 */
record RunFacts(TrainingPlan plan, Subject subject) {
  /** Option name to value, as the command line takes them. */
  SortedMap<String, String> hyperParameters() {
    SortedMap<String, String> all = new TreeMap<>(plan.hyperParameters());
    all.putAll(subject.hyperParameters());
    subject.division().ifPresent(division -> all.putAll(division.hyperParameters()));
    return all;
  }

  /** What has to be the same for a run to go on. */
  SortedMap<String, String> identity() {
    SortedMap<String, String> identity = hyperParameters();
    identity.put("model", plan.model().name());
    identity.put("seed", Long.toString(plan.options().seed()));
    identity.putAll(subject.identity());
    return identity;
  }

  ModelDescription describe(String weightsSha256, Map<String, Double> scores) {
    Provenance provenance = Provenance.of(
        subject.source(),
        plan.options().seed(),
        hyperParameters(),
        Map.of("djl", Engines.djlVersion(), "pytorch", Engines.pytorchVersion()),
        weightsSha256);
    return subject.describe(provenance).withScores(scores);
  }
}
