package lapidary.search.inference;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import lapidary.models.ElementType;
import lapidary.models.NearestName;

/** Datatypes of the protocol, and the element types that they are in an ONNX file. */
public enum Datatype {
  /** Truth values, a byte each. */
  BOOL(ElementType.BOOL),
  /** 8-bit unsigned integers. */
  UINT8(ElementType.UINT8),
  /** 16-bit unsigned integers. */
  UINT16(ElementType.UINT16),
  /** 32-bit unsigned integers. */
  UINT32(ElementType.UINT32),
  /** 64-bit unsigned integers. */
  UINT64(ElementType.UINT64),
  /** 8-bit integers. */
  INT8(ElementType.INT8),
  /** 16-bit integers. */
  INT16(ElementType.INT16),
  /** 32-bit integers. */
  INT32(ElementType.INT32),
  /** 64-bit integers. */
  INT64(ElementType.INT64),
  /** 16-bit floats of IEEE 754; sent as raw bytes only. */
  FP16(ElementType.FLOAT16),
  /** 32-bit floats. */
  FP32(ElementType.FLOAT32),
  /** 64-bit floats. */
  FP64(ElementType.FLOAT64),
  /** The upper 16 bits of {@link #FP32}; sent as raw bytes only. */
  BF16(ElementType.BFLOAT16),
  /** Texts, which are sent as their bytes in UTF-8. */
  BYTES(ElementType.STRING);

  private static final Map<ElementType, Datatype> BY_TYPE = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(Datatype::element, Function.identity()));

  private static final Map<String, Datatype> BY_NAME = Arrays.stream(values())
      .collect(Collectors.toUnmodifiableMap(Enum::name, Function.identity()));

  private static final List<String> NAMES =
      Arrays.stream(values()).map(Enum::name).toList();

  private final ElementType element;

  Datatype(ElementType element) {
    this.element = element;
  }

  /** What it is in an ONNX file. */
  public ElementType element() {
    return element;
  }

  /** Whether JSON and typed contents cannot say its values. */
  public boolean rawOnly() {
    return this == FP16 || this == BF16;
  }

  /** The datatype of an element type; empty for what cannot be handed over. */
  public static Optional<Datatype> of(ElementType type) {
    return Optional.ofNullable(BY_TYPE.get(type));
  }

  /** The datatype of that name. @throws InvalidInputException if there is none, with the nearest */
  public static Datatype named(String name) {
    Datatype known = BY_NAME.get(name);
    if (known == null) {
      throw NearestName.unknown("datatype", Quoted.shown(name), NAMES);
    }
    return known;
  }
}
