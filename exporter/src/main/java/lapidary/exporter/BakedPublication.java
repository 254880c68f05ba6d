package lapidary.exporter;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import lapidary.exporter.graph.EmbeddingPass;
import lapidary.exporter.graph.FixedSizesPass;
import lapidary.exporter.graph.GraphReader;
import lapidary.exporter.graph.ModelFileWriter;
import lapidary.exporter.graph.ProtoWriter;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.models.AtomicFile;
import lapidary.models.DescriptionCodec;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Parity;
import lapidary.models.Projection;
import lapidary.models.Signature;
import lapidary.runtime.Embedder;
import lapidary.runtime.Model;
import lapidary.runtime.device.Device;

/** Fills the temporary file of a bake: the graph first, on which the embeddings are compared, then with its metadata. Used once. */
final class BakedPublication implements AtomicFile.Filler {
  private static final List<Integer> BATCHES = List.of(1, 3, 8);

  // One thread, so that the digits do not depend on the machine's number of cores.
  private static final Device DEVICE = Device.cpu(1);

  private final Path base;
  private final Projection projection;
  private final EmbeddingOrigin origin;
  private final BakeRows rows;
  private final double tolerance;
  private List<Integer> batches = BATCHES;
  private String sha256 = "";
  private int nodes;
  private double worst;

  BakedPublication(
      Path base, Projection projection, EmbeddingOrigin origin, BakeRows rows, double tolerance) {
    this.base = base;
    this.projection = projection;
    this.origin = origin;
    this.rows = rows;
    this.tolerance = tolerance;
  }

  /** The digest of the file, once it is filled. */
  String sha256() {
    return sha256;
  }

  int nodes() {
    return nodes;
  }

  /** The batch sizes compared: the file's own, if it is fixed. */
  List<Integer> batches() {
    return batches;
  }

  double worst() {
    return worst;
  }

  @Override
  public void fill(Path temporary) throws IOException {
    GraphReader.Read read;
    ModelDescription description;
    SortedMap<String, String> kept;
    try (Embedder embedder = Embedder.open(base, DEVICE, origin.output())) {
      requireFit(embedder);
      read = GraphReader.read(base);
      if (DescribedSizes.areOpen(embedder)) {
        new FixedSizesPass(DescribedSizes.of(embedder)).apply(read.graph());
      }
      long batch = embedder.model().inputs().get(0).shape().get(0);
      batches = batch > 0 ? List.of((int) batch) : BATCHES;
      description = embedder.model().description().orElseThrow();
      kept = new TreeMap<>(embedder.model().metadata());
    }
    new EmbeddingPass(read.graph().output(origin.output()), projection).apply(read.graph());
    nodes = read.graph().nodes().size();
    ModelProto bare = read.write();
    ModelFileWriter writer = new ModelFileWriter(temporary);
    writer.write(bare);
    writer.append(ProtoWriter.metadata(kept));
    try (Embedder baked = Embedder.open(temporary, DEVICE, Output.EMBEDDING)) {
      requireParity(measure(baked));
    }
    kept.putAll(metadata(description));
    writer.write(bare);
    writer.append(ProtoWriter.metadata(kept));
    sha256 = writer.sha256();
  }

  private void requireFit(Embedder embedder) {
    Model model = embedder.model();
    if (model.outputs().stream().anyMatch(output -> output.name().equals(Output.EMBEDDING))) {
      throw new InvalidInputException(base + " has an output " + Output.EMBEDDING
          + " already; bake from the file it was made of");
    }
    if (embedder.width() != projection.inputs() || origin.inputs() != projection.inputs()) {
      throw new InvalidInputException("the projection takes " + projection.inputs()
          + " values, output " + origin.output() + " of " + base + " has " + embedder.width()
          + "; fit it to that output");
    }
    if (!model.sha256().equals(origin.baseSha256())) {
      throw new InvalidInputException(base + " has changed since the projection was fitted (sha256 "
          + model.sha256() + ", fitted with " + origin.baseSha256() + "); fit again");
    }
  }

  private Parity.Difference measure(Embedder baked) {
    double absolute = 0;
    double scale = 0;
    int from = 0;
    for (int count : batches) {
      float[][] answers = baked.embed(rows.images(from, count));
      for (int i = 0; i < count; i++) {
        float[] wanted = rows.embedding(from + i);
        for (int k = 0; k < wanted.length; k++) {
          absolute = Math.max(absolute, Math.abs((double) answers[i][k] - wanted[k]));
          scale = Math.max(scale, Math.abs(wanted[k]));
        }
      }
      from += count;
    }
    worst = absolute;
    return new Parity.Difference(
        Output.EMBEDDING, absolute, scale == 0 ? absolute : absolute / scale, true);
  }

  private void requireParity(Parity.Difference difference) {
    if (!(difference.absolute() <= tolerance)) {
      throw new ParityException(
          String.format(
              Locale.ROOT,
              "output %s differs from the library's by %.1e (allowed %.1e); keep fewer components, or"
                  + " do not whiten; nothing was published",
              difference.output(),
              difference.absolute(),
              tolerance),
          new Parity(tolerance, "validation", batches, List.of(difference)));
    }
  }

  private SortedMap<String, String> metadata(ModelDescription description) {
    Signature signature = description.signature();
    List<Output> outputs = new ArrayList<>(signature.outputs());
    int source = outputs.stream()
        .filter(output -> output.name().equals(origin.output()))
        .mapToInt(Output::source)
        .findFirst()
        .orElse(0);
    outputs.add(Output.projection(Output.EMBEDDING, source));
    SortedMap<String, String> metadata = DescriptionCodec.toMetadata(
        description.withSignature(new Signature(signature.inputs(), outputs)));
    metadata.putAll(DescriptionCodec.toMetadata(origin));
    return metadata;
  }
}
