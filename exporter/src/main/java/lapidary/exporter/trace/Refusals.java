package lapidary.exporter.trace;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import lapidary.exporter.graph.ExportException;

/** The errors for what a trace cannot write down, each with its way out. Stateless. */
final class Refusals {
  private static final String ADD_ROW =
      "replace it by other NDArray operations, or say its ONNX nodes with ExportOptions.withOperator";
  private static final Map<String, String> REMEDIES = Map.ofEntries(
      Map.entry("booleanMask", "the shape of its result depends on the data; use where instead"),
      Map.entry("nonzero", "the shape of its result depends on the data; use where instead"),
      Map.entry("unique", "the shape of its result depends on the data; use where instead"),
      Map.entry("set", "a traced array cannot be written to; build it with where, concat or stack"),
      Map.entry(
          "setScalar", "a traced array cannot be written to; build it with where, concat or stack"),
      Map.entry(
          "intern", "a traced array cannot be written to; build it with where, concat or stack"),
      Map.entry(
          "getIndexer",
          "a traced array cannot be written to; build it with where, concat or stack"),
      Map.entry("getGradient", "an exported graph has no gradients; compute it from the inputs"),
      Map.entry("like", "its numbers are whatever the memory holds; use zerosLike or onesLike"),
      Map.entry(
          "inverse",
          "ONNX has no operator for it; solve small systems by hand, invert a parameter before the export, or"
              + " say ONNX nodes for your sizes with ExportOptions.withOperator"),
      Map.entry(
          "gammaln",
          "ONNX has no operator for it; compute it before the network, or say ONNX nodes that come near"
              + " enough with ExportOptions.withOperator"),
      Map.entry("stft", "cut the frames with get, multiply by the window, and use rfft"),
      Map.entry(
          "multiBoxDetection",
          "how many boxes are left depends on the data; export scores and offsets, and choose among boxes behind the network"));

  private Refusals() {}

  static ExportException nativeProgram(String path) {
    return new ExportException((path.isEmpty() ? "the block itself" : path)
        + " is a SymbolBlock, a program of the engine (such as TorchScript) whose operations Java does"
        + " not see; build the network of DJL's blocks and load its weights, or export it with the"
        + " tool that made the program");
  }

  static ExportException unknown(Tape tape, Method method) {
    return tape.refuse(
        Reflective.signature(method) + " has no ONNX translation",
        REMEDIES.getOrDefault(method.getName(), ADD_ROW));
  }

  static ExportException complex(Tape tape, Method method) {
    return tape.refuse(
        Reflective.signature(method) + " of complex numbers has no ONNX translation",
        "take them apart with real(), whose last axis holds real and imaginary parts");
  }

  /** A known operation with arguments that have no translation. */
  static ExportException variant(Tape tape, String what, String remedy) {
    return tape.refuse(what + " has no ONNX translation", remedy);
  }

  /** A row of the user's own that did not do what a row does. */
  static ExportException row(Tape tape, String signature, String what, String remedy) {
    return tape.refuse(
        "the row given to ExportOptions.withOperator for " + signature + " " + what, remedy);
  }

  static ExportException random(Tape tape, Method method) {
    return tape.refuse(
        Reflective.signature(method) + " draws random numbers",
        "an exported graph gives the same answer every time; draw them only when training");
  }

  static ExportException training(Tape tape, String layer) {
    return tape.refuse(
        layer + " is in training mode", "pass the block's own training flag, which is false here");
  }

  static ExportException inPlace(Tape tape, String method, boolean weight) {
    boolean written = method.startsWith("set");
    return tape.refuse(
        "NDArray." + method + " changes "
            + (weight
                ? "a parameter"
                : "an array that shares memory with another, which is used afterwards"),
        written
            ? "write into a copy (duplicate), or use where, concat or stack"
            : "use " + method.substring(0, method.length() - 1)
                + " instead, which makes a new array");
  }

  /** A value is read while tracing, either by the block or by an array from outside that was given a traced one. */
  static ExportException read(Tape tape) {
    return outsideReceiver()
        .map(method -> tape.refuse(
            "NDArray." + method + " of an array from outside the trace is given a traced array",
            "start from the traced array, such as x.sub(y).neg() for y.sub(x), or make the array a"
                + " parameter of the block"))
        .orElseGet(() -> tape.refuse(
            "the numbers of a traced array are read, so that the graph would depend on the data",
            "use NDArray operations such as where, clip and gt instead"));
  }

  /** The engine copies foreign arrays in NDManager.from, called by the method of its own array. */
  private static Optional<String> outsideReceiver() {
    return StackWalker.getInstance()
        .walk(frames -> frames
            .dropWhile(frame -> !isEngineCopy(frame))
            .dropWhile(Refusals::isEngineCopy)
            .map(StackWalker.StackFrame::getMethodName)
            .findFirst());
  }

  private static boolean isEngineCopy(StackWalker.StackFrame frame) {
    return frame.getMethodName().equals("from")
        && frame.getClassName().startsWith("ai.djl.")
        && frame.getClassName().endsWith("NDManager");
  }
}
