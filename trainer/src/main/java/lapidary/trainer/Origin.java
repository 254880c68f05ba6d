package lapidary.trainer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import lapidary.models.InvalidInputException;

/**
 * What a run folder tells of its weights and no exported file does: a path is the business of this machine.
 *
 * @param data the name of the training data, or its absolute path
 * @param epoch after which the weights were saved; 0 for none
 * @param metric by which epochs are ranked
 */
record Origin(String data, int epoch, String metric) {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record of plain values can always be written", e);
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws InvalidInputException if it is anything else
   */
  static Origin fromJson(String json, String source) {
    try {
      return JSON.readValue(json, Origin.class);
    } catch (JsonProcessingException e) {
      throw new InvalidInputException(
          source + " is damaged: " + e.getOriginalMessage()
              + "; restore it from a copy, or train again with --overwrite",
          e);
    }
  }
}
