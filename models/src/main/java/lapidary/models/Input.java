package lapidary.models;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One raw input of an ONNX file. What the file does with it before the network sees it is part of the value. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = ImageInput.class, name = "image"),
  @JsonSubTypes.Type(value = TensorInput.class, name = "tensor"),
  @JsonSubTypes.Type(value = IdInput.class, name = "id"),
  @JsonSubTypes.Type(value = CategoryInput.class, name = "category"),
  @JsonSubTypes.Type(value = NumberInput.class, name = "number"),
  @JsonSubTypes.Type(value = DateInput.class, name = "date")
})
public sealed interface Input permits ImageInput, TensorInput, IdInput, ColumnInput {
  /** Its name, as whoever fills it calls it. */
  String name();

  /** The tensor's name in the file. */
  default String tensor() {
    return name();
  }
}
