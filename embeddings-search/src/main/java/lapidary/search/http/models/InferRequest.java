package lapidary.search.http.models;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;
import lapidary.search.http.route.Body;
import lapidary.search.inference.InferenceRequest;
import lapidary.search.inference.InputTensor;
import lapidary.search.inference.ModelReference;
import lapidary.search.inference.RequestedOutput;

/**
 * A request to run a model, and how its outputs are to be sent.
 *
 * @param inference what to run
 * @param raw for each output that is asked for, whether it goes as raw bytes
 * @param allRaw the same for all outputs, if none is asked for by name
 */
record InferRequest(InferenceRequest inference, List<Boolean> raw, boolean allRaw) {
  /** How many bytes of a body are JSON; raw values follow. */
  static final String JSON_LENGTH = "Inference-Header-Content-Length";

  private static final String SIZE = "binary_data_size";

  InferRequest {
    raw = List.copyOf(raw);
  }

  /**
   * Reads a body.
   *
   * @param sent how many bytes of it are JSON, as it was sent; empty if all are
   * @throws InvalidInputException if it is not such a request
   */
  static InferRequest read(ModelReference model, Optional<String> sent, Body body) {
    byte[] bytes = body.bytes().content();
    int length = sent.map(text -> length(text, bytes)).orElse(bytes.length);
    InferJson json = InferJson.read(bytes, length);
    boolean allRaw = json.parameters().flag("binary_data_output").orElse(false);
    InferenceRequest inference = new InferenceRequest(
        model,
        json.id(),
        json.parameters(),
        inputs(json.inputs(), ByteBuffer.wrap(bytes, length, bytes.length - length)),
        json.outputs().stream()
            .map(output -> RequestedOutput.of(output.name(), output.parameters()))
            .toList());
    List<Boolean> raw = json.outputs().stream()
        .map(output -> output.parameters().flag("binary_data").orElse(allRaw))
        .toList();
    return new InferRequest(inference, raw, allRaw);
  }

  /** Whether an output goes as raw bytes. */
  boolean isRaw(int output) {
    return raw.isEmpty() ? allRaw : raw.get(output);
  }

  private static int length(String text, byte[] body) {
    // Nine digits fit an int.
    if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) > body.length) {
      throw new InvalidInputException(JSON_LENGTH + " is " + text + ", and the body has "
          + body.length + " bytes; give the number of those that are JSON");
    }
    return Integer.parseInt(text);
  }

  private static List<InputTensor> inputs(List<InferJson.Input> sent, ByteBuffer rest) {
    List<InputTensor> inputs = new ArrayList<>(sent.size());
    for (InferJson.Input input : sent) {
      input.parameters().requireNoSharedMemory("input \"" + input.name() + "\"");
      inputs.add(input.tensor().orElseGet(() -> raw(input, rest)));
    }
    if (rest.hasRemaining()) {
      throw new InvalidInputException(rest.remaining() + " bytes of the body belong to no input;"
          + " give each input without data the parameter " + SIZE);
    }
    return inputs;
  }

  private static InputTensor raw(InferJson.Input input, ByteBuffer rest) {
    OptionalLong size = input.parameters().size(SIZE);
    if (size.isEmpty()) {
      throw new InvalidInputException("input \"" + input.name() + "\" has neither data nor the"
          + " parameter " + SIZE + "; send its values in JSON, or raw behind it");
    }
    if (size.getAsLong() > rest.remaining()) {
      throw new InvalidInputException("input \"" + input.name() + "\" has " + SIZE + " "
          + size.getAsLong() + ", and " + rest.remaining() + " bytes are left behind the JSON; say"
          + " by the header " + JSON_LENGTH + " where the JSON ends, and send all bytes");
    }
    int length = (int) size.getAsLong();
    ByteBuffer content = rest.slice(rest.position(), length);
    rest.position(rest.position() + length);
    long[] shape = input.shape().stream().mapToLong(Long::longValue).toArray();
    return InputTensor.raw(input.name(), input.datatype(), shape, content);
  }
}
