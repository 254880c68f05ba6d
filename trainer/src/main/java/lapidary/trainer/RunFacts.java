package lapidary.trainer;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.ModelDescription;
import lapidary.models.Provenance;
import lapidary.trainer.data.DataRoots;
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

  /** Where weights come from that are saved after an epoch. */
  Origin origin(int epoch) {
    String known = subject.source().name();
    String data = plan.options()
        .data()
        .filter(given -> !given.equals(known))
        .flatMap(DataRoots::existing)
        .map(path -> path.toAbsolutePath().normalize().toString())
        .or(() -> plan.options().data())
        .orElse(known);
    return new Origin(data, epoch, metric());
  }

  /** The name of the metric by which epochs are ranked. */
  String metric() {
    return subject.metrics().get(0).name();
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
