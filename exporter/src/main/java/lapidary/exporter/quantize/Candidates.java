package lapidary.exporter.quantize;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import lapidary.exporter.graph.ExportException;
import lapidary.exporter.graph.GraphReader;
import lapidary.exporter.graph.ModelFileWriter;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.runtime.Model;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;

/**
 * The files that one file in 32 bits can become: with other layers in 8 bits, other rules for the ranges. Each is written into a
 * scratch file and opened from there. Used by one thread; one model is open at a time.
 */
public final class Candidates {
  // One thread, so that sums in 32 bits do not depend on the machine's number of cores.
  private static final Device DEVICE = Device.cpu(1);

  // What is left of 2 GiB − 1 for nodes and metadata is ample.
  private static final long LARGEST = 2_000_000_000;

  private final Path base;
  private final Path scratch;
  private final Observations observations;
  private final Set<String> layers;

  private Candidates(Path base, Path scratch, Observations observations, Set<String> layers) {
    this.base = base;
    this.scratch = scratch;
    this.observations = observations;
    this.layers = layers;
  }

  /**
   * Looks at what the values of a file are on some rows.
   *
   * @param base a file that Lapidary exported in 32 bits
   * @param scratch written and read; deleted by the caller
   * @throws ExportException if no layer of the file can be computed in 8 bits
   */
  public static Candidates of(Path base, Path scratch, Rows rows) throws IOException {
    GraphReader.Read read = folded(base);
    List<Layer> all = IntegerPart.layersOf(read.graph());
    Set<String> layers =
        all.stream().map(Layer::name).collect(Collectors.toCollection(TreeSet::new));
    if (layers.isEmpty()) {
      throw new ExportException(
          base + " has no layer that can be computed in 8 bits: no convolution"
              + " and no product with weights in 32 bits; give the file that export wrote in fp32");
    }
    Set<String> values = IntegerPart.of(read.graph(), layers).encoded();
    try (Model probing = open(probing(read, values), scratch)) {
      return new Candidates(base, scratch, Observations.of(probing, values, all, rows), layers);
    }
  }

  private static GraphReader.Read folded(Path base) throws IOException {
    GraphReader.Read read = GraphReader.read(base);
    new FoldedWeights().apply(read.graph());
    return read;
  }

  private static ModelProto probing(GraphReader.Read read, Set<String> values) {
    return ProtoWriter.writeProbing(
        read.graph(), read.graph().outputsWith(new TreeSet<>(values)), read.beside());
  }

  private static Model open(ModelProto model, Path file) throws IOException {
    ModelFileWriter writer = new ModelFileWriter(file);
    writer.write(model);
    return Model.open(OnnxFileCheck.check(file, writer.sha256()), ModelOptions.of(DEVICE));
  }

  /** The names of all layers that can be computed in 8 bits. */
  public Set<String> layers() {
    return layers;
  }

  /**
   * The model with some layers in 8 bits, without metadata.
   *
   * @throws ExportException if what stays in 32 bits is too large for one file
   */
  public ModelProto write(Set<String> chosen, RangeRule rule) throws IOException {
    GraphReader.Read read = folded(base);
    new QdqPass(chosen, observations.intervals(rule), observations.means()).apply(read.graph());
    if (read.graph().bytes() > LARGEST) {
      throw new ExportException(base + " has " + read.graph().bytes() + " bytes of weights left in "
          + chosen.size() + " layers of 8 bits and the others, more than one file holds");
    }
    return ProtoWriter.write(read.graph(), read.name(), ProtoWriter.Weights.INSIDE);
  }

  /** The same, open; the caller closes it. */
  public Model open(Set<String> chosen, RangeRule rule) throws IOException {
    return open(write(chosen, rule), scratch);
  }
}
