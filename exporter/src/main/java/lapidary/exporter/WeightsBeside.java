package lapidary.exporter;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lapidary.exporter.graph.ExternalWeights;
import lapidary.exporter.graph.OnnxGraph;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.models.AtomicFile;

/**
 * The file of weights beside an ONNX file, which is there before the ONNX file refers to it. Its name has its digest, so that it takes
 * no other's place, and a reader of the ONNX file that is replaced keeps what it reads. Not thread-safe.
 */
final class WeightsBeside {
  private static final int DIGITS = 16;

  private final ExternalWeights weights;
  private final Path file;
  private final Pattern others;
  private boolean made;

  private WeightsBeside(ExternalWeights weights, Path target) {
    this.weights = weights;
    String name = target.getFileName().toString();
    this.file = target
        .toAbsolutePath()
        .resolveSibling(name + '.' + weights.sha256().substring(0, DIGITS) + ".data");
    this.others = Pattern.compile(Pattern.quote(name) + "\\.[0-9a-f]{" + DIGITS + "}\\.data");
  }

  /** Of a graph that an ONNX file cannot hold, or is not to; empty if it holds it. */
  static Optional<WeightsBeside> of(OnnxGraph graph, Path target, long mostInside) {
    return Optional.of(graph)
        .filter(large -> large.bytes() > mostInside)
        .map(ExternalWeights::of)
        .filter(weights -> !weights.isEmpty())
        .map(weights -> new WeightsBeside(weights, target));
  }

  ProtoWriter.Weights references() {
    return weights.named(file.getFileName().toString());
  }

  String sha256() {
    return weights.sha256();
  }

  /** Puts the file there; what has its name holds the same, unless it was damaged. */
  void publish() {
    made = !Files.exists(file);
    AtomicFile.publish(file, weights::write);
  }

  /** Takes the file away, if it is this one's and nothing refers to it. */
  void discard() {
    if (made) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        // What cannot be deleted is told by the next export as one that nothing uses.
      }
    }
  }

  /** What is beside the ONNX file from before, which others may refer to. */
  Optional<String> note() throws IOException {
    try (Stream<Path> files = Files.list(Objects.requireNonNull(file.getParent()))) {
      List<String> left = files
          .filter(other -> !other.equals(file))
          .map(other -> other.getFileName().toString())
          .filter(name -> others.matcher(name).matches())
          .sorted()
          .toList();
      return left.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "weights of earlier exports are still there, remove them unless a copy of an"
                  + " earlier file uses them: " + String.join(", ", left));
    }
  }
}
