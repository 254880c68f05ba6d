package lapidary.trainer;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import lapidary.models.InvalidInputException;
import lapidary.models.TrainingSplit;
import lapidary.trainer.learn.EpochResult;
import lapidary.trainer.learn.FitPosition;

/**
 * What a checkpoint keeps beside weights and optimiser state to go on: the random state needs no room, since every random stream
 * is named by the seed, a purpose and a counter, and the schedule is a function of the position.
 *
 * @param plan option name to value; a run resumes under the same plan only
 * @param position where the fit stands
 * @param epochs rows of the completed epochs
 */
record RunState(SortedMap<String, String> plan, FitPosition position, List<EpochResult> epochs) {
  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(SerializationFeature.INDENT_OUTPUT)
      .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
      .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
      .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
      .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
      .build();

  RunState {
    plan = Collections.unmodifiableSortedMap(new TreeMap<>(plan));
    epochs = List.copyOf(epochs);
  }

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of this room can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws InvalidInputException if it is anything else
   */
  static RunState fromJson(String json, String source) {
    try {
      RunState state = JSON.readValue(json, RunState.class);
      if (state == null) {
        throw new InvalidInputException(damaged(source, "it is empty"));
      }
      return state;
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(damaged(source, e.getOriginalMessage()), e);
    }
  }

  private static String damaged(String source, String what) {
    return source + " is damaged: " + what
        + "; restore it from a copy, or train again with --overwrite";
  }

  /**
   * What a state of a plan can be.
   *
   * @param epochs of all phases
   * @param batches an epoch
   * @param rows an epoch
   * @param metrics measured after each epoch
   */
  record Bounds(int epochs, int batches, long rows, Set<String> metrics) {
    Bounds {
      metrics = Set.copyOf(metrics);
    }
  }

  /** Refuses what no run of the plan comes to, so that damage is found before training on it. */
  void requirePossible(Bounds bounds, String source) {
    impossible(bounds)
        .or(() -> IntStream.rangeClosed(1, epochs.size())
            .boxed()
            .flatMap(number -> impossible(number, bounds).stream())
            .findFirst())
        .ifPresent(what -> {
          throw new InvalidInputException(damaged(source, what));
        });
  }

  private Optional<String> impossible(Bounds bounds) {
    int done = position.epoch();
    if (done != epochs.size() || done > bounds.epochs()) {
      return Optional.of("it stands after epoch " + done + " of " + bounds.epochs() + " and lists "
          + epochs.size());
    }
    int batches = done < bounds.epochs() ? bounds.batches() : 1;
    if (position.batch() < 0 || position.batch() >= batches) {
      return Optional.of("it stands after batch " + position.batch() + " of an epoch of "
          + bounds.batches() + ", with " + done + " of " + bounds.epochs() + " epochs done");
    }
    long rows = position.batch() == 0 ? 0 : bounds.rows();
    if (position.rows() < 0 || position.rows() > rows) {
      return Optional.of("it has learned from " + position.rows() + " rows of " + bounds.rows()
          + " in " + position.batch() + " batches");
    }
    boolean summed = position.rows() > 0 || position.lossSum() == 0;
    return summed && Double.isFinite(position.lossSum())
        ? Optional.empty()
        : Optional.of("the losses of " + position.rows() + " rows sum to " + position.lossSum());
  }

  private Optional<String> impossible(int number, Bounds bounds) {
    EpochResult epoch = epochs.get(number - 1);
    String where = "epoch " + number;
    if (epoch.epoch() != number) {
      return Optional.of(where + " is numbered " + epoch.epoch());
    }
    if (!epoch.metrics().keySet().equals(bounds.metrics())) {
      return Optional.of(where + " was measured by " + epoch.metrics().keySet() + ", not by "
          + new TreeSet<>(bounds.metrics()));
    }
    boolean finite =
        Double.isFinite(epoch.trainLoss() + epoch.validLoss() + epoch.rate().learningRate());
    return finite
        ? Optional.empty()
        : Optional.of(where + " has a loss or a learning rate that is not finite");
  }

  /** Refuses to go on under another plan, naming the first option that differs. */
  void requirePlan(SortedMap<String, String> wanted, String source) {
    SortedMap<String, String> all = new TreeMap<>(plan);
    all.putAll(wanted);
    for (String option : all.keySet()) {
      String before = plan.getOrDefault(option, "nothing");
      String now = wanted.getOrDefault(option, "nothing");
      // Runs of earlier versions do not tell how rows were divided; digests tell which they were.
      boolean untold = TrainingSplit.OPTIONS.contains(option) && !plan.containsKey(option);
      if (!before.equals(now) && !untold) {
        throw new InvalidInputException(source + " was trained with " + option + " " + before
            + ", not " + now + "; resume with the options the run began with, or train anew"
            + " without --resume");
      }
    }
  }
}
