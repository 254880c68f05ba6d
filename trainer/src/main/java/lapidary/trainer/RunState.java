package lapidary.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.models.InvalidInputException;

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

  static RunState fromJson(String json, String source) {
    try {
      return JSON.readValue(json, RunState.class);
    } catch (JsonProcessingException | RuntimeException e) {
      throw new InvalidInputException(
          source + " is damaged: " + e.getMessage() + "; train again without --resume", e);
    }
  }

  /** Refuses to go on under another plan, naming the first option that differs. */
  void requirePlan(SortedMap<String, String> wanted, String source) {
    SortedMap<String, String> all = new TreeMap<>(plan);
    all.putAll(wanted);
    for (String option : all.keySet()) {
      String before = plan.getOrDefault(option, "nothing");
      String now = wanted.getOrDefault(option, "nothing");
      if (!before.equals(now)) {
        throw new InvalidInputException(source + " was trained with " + option + " " + before
            + ", not " + now + "; resume with the options the run began with, or train anew"
            + " without --resume");
      }
    }
  }
}
