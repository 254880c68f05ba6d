package lapidary.cli.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import lapidary.cli.console.PlotFile;
import lapidary.exporter.BakeReport;
import lapidary.exporter.BakeRows;
import lapidary.exporter.EmbeddingBake;
import lapidary.models.EmbeddingOrigin;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Embedder;
import lapidary.search.Precision;
import lapidary.search.embed.Embedded;
import lapidary.search.pca.Pca;
import lapidary.search.pca.PcaOptions;
import lapidary.search.projector.Gallery;
import lapidary.search.projector.ProjectorPage;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Principal components of a model's activations for images. */
final class ImagePca {
  private static final int NEIGHBOURS = 10;
  private static final int USUAL_COMPONENTS = 64;
  private static final int PART = 256;

  @Option(
      names = "--variance",
      paramLabel = "SHARE",
      description = "Images: keep as many components as explain this share, such as 0.9.")
  private @Nullable Double variance;

  @Option(
      names = {"--no-centre", "--uncentred"},
      description = "Images: do not subtract the mean.")
  private boolean uncentred;

  @Option(names = "--whiten", description = "Images: scale every component to variance 1.")
  private boolean whiten;

  @Option(
      names = "--measure",
      description =
          "Images: also measure precision@10 (same label) of raw, reduced and whitened vectors, each against all others.")
  private boolean measure;

  @Option(
      names = "--bake",
      paramLabel = "OUT.onnx",
      description = "Images: write a copy of the model whose output embedding is the projection.")
  private @Nullable Path bake;

  /** Components, how they were fitted, and what they explain. */
  record Fit(
      int components,
      boolean centred,
      boolean whitened,
      double explained,
      List<Double> explainedVariance) {}

  /** Precision@10, the share of an item's ten nearest others of its label: raw, reduced and, if every component varies, whitened. */
  record PrecisionAt10(double raw, double reduced, Optional<Double> whitened) {}

  /** Bytes of the vectors before and after. */
  record Bytes(long raw, long reduced, double times) {}

  /** What was fitted; {@code precision} is null unless it was asked for by {@code --measure}. */
  record Document(
      String model,
      String output,
      int rows,
      int skipped,
      int inputs,
      Fit fit,
      Bytes bytes,
      Optional<PrecisionAt10> precision,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<TrainingItems> trainedOn,
      Optional<BakeReport> baked,
      Optional<String> plot) {}

  boolean given() {
    return variance != null || uncentred || whiten || measure || bake != null;
  }

  /** The file to write the projection into, if one is wanted. */
  @Nullable
  Path baked() {
    return bake;
  }

  Document run(
      Path file,
      Embedder embedder,
      Embedded embedded,
      @Nullable Integer components,
      @Nullable Path plot,
      Supplier<Optional<TrainingItems>> trainedOn) {
    requireMeasurable(embedded);
    Pca pca = Pca.fit(embedded.rows(), options(components, embedded));
    Optional<BakeReport> baked =
        Optional.ofNullable(bake).map(target -> bake(file, target, embedder, embedded, pca));
    if (plot != null) {
      Gallery gallery =
          new Gallery(title(file, embedder, embedded), embedded.items(), embedded.thumbnails());
      ProjectorPage.write(plot, gallery, reduced(embedded, pca), pca);
    }
    Optional<PrecisionAt10> precision =
        measure ? Optional.of(precision(embedded, pca)) : Optional.empty();
    return new Document(
        file.toString(),
        embedder.output(),
        embedded.rows().count(),
        embedded.skipped(),
        embedder.width(),
        fit(pca),
        bytes(embedded, pca),
        precision,
        precision.flatMap(unused -> trainedOn.get()),
        baked,
        Optional.ofNullable(plot).map(Path::toString));
  }

  private static String title(Path file, Embedder embedder, Embedded embedded) {
    return embedded.source().name() + " by the " + embedder.output() + " of " + file.getFileName();
  }

  private void requireMeasurable(Embedded embedded) {
    if (measure && embedded.rows().count() <= NEIGHBOURS) {
      throw new InvalidInputException("these are " + embedded.rows().count()
          + " pictures, too few for --measure, which looks at the " + NEIGHBOURS
          + " nearest others of each; give more, or omit --measure");
    }
    if (measure && embedded.labels().stream().distinct().count() < 2) {
      throw new InvalidInputException(
          "these are pictures of one label only, of which --measure can say nothing; give pictures of several, or omit --measure");
    }
  }

  private PcaOptions options(@Nullable Integer components, Embedded embedded) {
    if (components != null && variance != null) {
      throw new InvalidInputException(
          "--components and --variance both say how many to keep; give one of them");
    }
    // Centred rows span one direction less than there are rows.
    int most = Math.min(embedded.rows().columns(), embedded.rows().count() - 1);
    PcaOptions options = variance != null
        ? PcaOptions.explaining(variance)
        : PcaOptions.keeping(
            components != null ? components : Math.max(1, Math.min(USUAL_COMPONENTS, most)));
    options = uncentred ? options.notCentred() : options;
    return whiten ? options.whitening() : options;
  }

  private static Fit fit(Pca pca) {
    return new Fit(
        pca.components(),
        pca.centred(),
        pca.whitened(),
        explained(pca),
        Arrays.stream(pca.explainedVarianceRatio()).boxed().toList());
  }

  private static double explained(Pca pca) {
    return Arrays.stream(pca.explainedVarianceRatio()).sum();
  }

  private static Bytes bytes(Embedded embedded, Pca pca) {
    long rows = embedded.rows().count();
    return new Bytes(
        rows * pca.inputs() * Float.BYTES,
        rows * pca.components() * Float.BYTES,
        (double) pca.inputs() / pca.components());
  }

  private static PrecisionAt10 precision(Embedded embedded, Pca pca) {
    List<String> labels = embedded.labels();
    return new PrecisionAt10(
        Precision.atK(embedded.rows(), labels, NEIGHBOURS),
        Precision.atK(reduced(embedded, pca.withWhitening(false)), labels, NEIGHBOURS),
        pca.canWhiten()
            ? Optional.of(
                Precision.atK(reduced(embedded, pca.withWhitening(true)), labels, NEIGHBOURS))
            : Optional.empty());
  }

  static float[][] reduced(Embedded embedded, Pca pca) {
    float[][] reduced = new float[embedded.rows().count()][];
    for (int from = 0; from < reduced.length; from += PART) {
      int to = Math.min(reduced.length, from + PART);
      System.arraycopy(pca.project(embedded.rows(from, to)), 0, reduced, from, to - from);
    }
    return reduced;
  }

  private static BakeReport bake(
      Path file, Path target, Embedder embedder, Embedded embedded, Pca pca) {
    EmbeddingOrigin origin = new EmbeddingOrigin(
        embedder.modelSha256(),
        embedder.output(),
        pca.inputs(),
        pca.components(),
        pca.centred(),
        pca.whitened(),
        explained(pca),
        embedded.rows().count(),
        embedded.source());
    int samples = embedded.samples().count();
    BakeRows rows = BakeRows.of(embedded.samples(), pca.embed(embedded.rows(0, samples)));
    return EmbeddingBake.bake(file, target, pca.projection(), origin, rows);
  }

  static void print(Document document, PrintWriter out) {
    Fit fit = document.fit();
    out.printf(
        Locale.ROOT,
        "%s: %d components of %,d rows' %,d %s (%s%s), %.2f %% of the variance%s%n",
        document.model(),
        fit.components(),
        document.rows(),
        document.inputs(),
        document.output(),
        fit.centred() ? "centred" : "not centred",
        fit.whitened() ? ", whitened" : "",
        100 * fit.explained(),
        document.skipped() == 0 ? "" : "; " + document.skipped() + " skipped");
    Bytes bytes = document.bytes();
    out.printf(
        Locale.ROOT,
        "bytes of vectors: %,d raw, %,d reduced, %.0f times smaller%n",
        bytes.raw(),
        bytes.reduced(),
        bytes.times());
    document
        .precision()
        .ifPresent(p -> out.printf(
            Locale.ROOT,
            "precision@10: %.4f raw, %.4f reduced%s%s%n",
            p.raw(),
            p.reduced(),
            p.whitened()
                .map(value -> String.format(Locale.ROOT, ", %.4f reduced and whitened", value))
                .orElse(""),
            document.trainedOn().map(TrainingItems::text).orElse("")));
    document
        .baked()
        .ifPresent(baked -> out.printf(
            Locale.ROOT,
            "%s: output embedding of %d, worst difference %.1e at batches %s, %,d bytes, sha256 %s%n",
            baked.file(),
            baked.components(),
            baked.worstDifference(),
            baked.batches(),
            baked.bytes(),
            baked.sha256()));
    PlotFile.print(out, document.plot());
  }
}
