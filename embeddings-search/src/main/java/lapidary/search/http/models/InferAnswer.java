package lapidary.search.http.models;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import lapidary.search.inference.InferenceAnswer;
import lapidary.search.inference.OutputTensor;

/**
 * What a model answered, as it is sent. Not thread-safe.
 */
final class InferAnswer {
  private final byte[] content;
  private final OptionalInt headerBytes;

  private InferAnswer(byte[] content, OptionalInt headerBytes) {
    this.content = content;
    this.headerBytes = headerBytes;
  }

  /** Writes an answer in the form that was asked for. */
  static InferAnswer of(InferenceAnswer answer, InferRequest request) {
    List<ByteBuffer> raw = new ArrayList<>();
    byte[] json = json(answer, request, raw);
    if (raw.isEmpty()) {
      return new InferAnswer(json, OptionalInt.empty());
    }
    int size = json.length;
    for (ByteBuffer values : raw) {
      size = Math.addExact(size, values.remaining());
    }
    ByteBuffer all = ByteBuffer.allocate(size).put(json);
    raw.forEach(all::put);
    return new InferAnswer(all.array(), OptionalInt.of(json.length));
  }

  /** What to send; the caller does not change it. */
  byte[] content() {
    return content;
  }

  /** How many bytes of it are JSON; empty if all are. */
  OptionalInt headerBytes() {
    return headerBytes;
  }

  String mediaType() {
    return headerBytes.isPresent() ? "application/octet-stream" : "application/json";
  }

  private static byte[] json(InferenceAnswer answer, InferRequest request, List<ByteBuffer> raw) {
    ByteArrayBuilder out = new ByteArrayBuilder();
    try (JsonGenerator json = InferJson.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("model_name", answer.model());
      json.writeStringField("model_version", Long.toString(answer.version()));
      if (!answer.id().isEmpty()) {
        json.writeStringField("id", answer.id());
      }
      json.writeArrayFieldStart("outputs");
      for (int i = 0; i < answer.outputs().size(); i++) {
        write(json, answer.outputs().get(i), request.isRaw(i), raw);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new IllegalStateException("an answer cannot be written as JSON", e);
    }
    return out.toByteArray();
  }

  private static void write(
      JsonGenerator json, OutputTensor output, boolean asRaw, List<ByteBuffer> raw)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("name", output.name());
    json.writeStringField("datatype", output.datatype().name());
    json.writeArrayFieldStart("shape");
    for (long dimension : output.values().shape()) {
      json.writeNumber(dimension);
    }
    json.writeEndArray();
    if (asRaw) {
      ByteBuffer values = output.raw();
      raw.add(values);
      json.writeObjectFieldStart("parameters");
      json.writeNumberField("binary_data_size", values.remaining());
      json.writeEndObject();
    } else {
      json.writeFieldName("data");
      JsonTensor.write(json, output);
    }
    json.writeEndObject();
  }
}
