package lapidary.exporter;

import ai.djl.nn.Block;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lapidary.exporter.graph.ExportException;
import lapidary.models.AtomicFile;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.models.Signature;
import lapidary.runtime.Model;
import lapidary.runtime.TensorInfo;
import lapidary.runtime.device.Device;

/**
 * Exports DJL blocks as self-contained ONNX files: raw inputs in, named answers out. The block is traced, so that not only known
 * layers export, but what computes with NDArrays as far as the operator table reaches; the rest is refused. Its parameters are only
 * read, but while it is traced its children are exchanged for recording proxies: no other thread may run the same block meanwhile.
 * Otherwise thread-safe.
 */
public final class OnnxExporter {
  private static final long SEED = 42;

  private OnnxExporter() {}

  /** Exports with {@link ExportOptions#defaults}, compared on random rows. */
  public static ExportReport export(Block block, ModelDescription description, Path target) {
    return export(block, description, target, ExportOptions.defaults(), ParityRows.random(SEED));
  }

  /**
   * Exports a block and publishes the file if ONNX Runtime gives the block's answers on it, at batch 1, 3, 8 and 37 (1, 3 and 9 where rows are large), or at the fixed
   * batch. The same block, description and options give the same bytes on one machine.
   *
   * @param block initialized, in the order of inputs and outputs that the signature says
   * @param description what goes into the metadata; its signature decides the graph's inputs and outputs
   * @param target the file, replaced if it is there
   * @param rows what to compare on
   * @throws ExportException if the block cannot be written as a graph
   * @throws ParityException if the answers differ; nothing is published
   * @throws InvalidInputException if the target cannot be written
   */
  public static ExportReport export(
      Block block,
      ModelDescription description,
      Path target,
      ExportOptions options,
      ParityRows rows) {
    return exportTogether(List.of(new Job(block, description, target, options, rows)))
        .get(0);
  }

  /**
   * One file of several that belong together; the components are those of {@link #export(Block, ModelDescription, Path,
   * ExportOptions, ParityRows)}.
   */
  public record Job(
      Block block,
      ModelDescription description,
      Path target,
      ExportOptions options,
      ParityRows rows) {}

  /**
   * Exports blocks whose files belong together: they are published when all of them have passed, or not at all.
   *
   * @return one report per job, in their order
   * @throws ExportException if a block cannot be written as a graph
   * @throws ParityException if answers differ; nothing is published
   * @throws InvalidInputException if a target cannot be written; nothing is published
   */
  public static List<ExportReport> exportTogether(List<Job> jobs) {
    List<Publication> publications =
        jobs.stream().map(OnnxExporter::publication).toList();
    List<AtomicFile.Entry> entries = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      entries.add(new AtomicFile.Entry(jobs.get(i).target(), publications.get(i)));
    }
    publish(entries, publications);
    List<ExportReport> reports = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Publication publication = publications.get(i);
      reports.add(report(jobs.get(i).target(), publication));
    }
    return reports;
  }

  private static void publish(List<AtomicFile.Entry> entries, List<Publication> publications) {
    boolean published = false;
    try {
      AtomicFile.publishAll(entries);
      published = true;
    } finally {
      if (!published) {
        publications.forEach(Publication::discard);
      }
    }
  }

  private static Publication publication(Job job) {
    Signature signature = job.description().signature();
    ExportOptions options = job.options();
    GraphAssembly assembly =
        GraphAssembly.of(job.block(), signature, options, (RowSource) job.rows());
    ParityCheck check = new ParityCheck(
        job.block(),
        signature,
        job.rows(),
        options.tolerance() / options.precision().margin(),
        options.precision().further());
    return new Publication(
        assembly,
        job.description(),
        options,
        check,
        WeightsBeside.of(assembly.graph(), job.target(), options.mostInside()));
  }

  /**
   * Compares an exported file with the block it is said to come from, as {@link #export} does. Whether the answers are within the
   * tolerance, {@link Parity#holds} says.
   *
   * @throws InvalidInputException if the file cannot be opened or takes other inputs
   * @throws ExportException if file and block have different outputs
   */
  public static Parity verify(
      Block block, ModelDescription description, Path file, double tolerance, ParityRows rows) {
    try (Model model = Model.open(file, Device.cpu(1))) {
      return verify(block, description, model, tolerance, rows);
    }
  }

  /** The same with an open model, for files that are opened in another way, or on another device; it stays open. */
  public static Parity verify(
      Block block, ModelDescription description, Model model, double tolerance, ParityRows rows) {
    ParityCheck check = new ParityCheck(block, description.signature(), rows, tolerance);
    return check.measure(model, check.batches(batch(model.inputs())));
  }

  static OptionalLong batch(List<TensorInfo> inputs) {
    return inputs.stream()
        .filter(input -> !input.shape().isEmpty() && input.shape().get(0) > 0)
        .mapToLong(input -> input.shape().get(0))
        .findFirst();
  }

  private static ExportReport report(Path target, Publication publication) {
    try {
      return new ExportReport(
          target,
          publication.sha256(),
          Files.size(target),
          publication.graph().nodes().size(),
          publication.graph().opset(),
          publication.parity(),
          publication.notes());
    } catch (IOException e) {
      throw FileFailure.reading(target.toString(), e, "export again");
    }
  }
}
