package lapidary.runtime;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import lapidary.models.Architecture;
import lapidary.models.DescriptionCodec;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import lapidary.models.Provenance;
import lapidary.runtime.check.CheckpointWeights;
import lapidary.runtime.check.OnnxFileCheck;

/**
 * The check of a file's weights against the digest that the file carries, {@link Provenance#weightsSha256}, which is that of the
 * checkpoint it was exported from. It finds bytes that a disk, a copy or somebody has changed since. It can be made of documented
 * networks in float32 that are whole, as rating files are and item files are not; files in 8 bits have other weights. Costs a second SHA-256 over the weights.
 * Stateless.
 */
public final class CertifiedWeights {
  /** One of them is made of every weight of its network. */
  private static final List<String> WHOLE =
      List.of(Output.LOGITS, Output.RATING, Output.PREDICTION);

  private CertifiedWeights() {}

  /**
   * Looks at the weights of an open model's file, if they can be told from what it carries.
   *
   * @throws InvalidInputException if they are not those that were exported
   */
  public static void require(Model model) {
    String source = model.file().toString();
    if (DescriptionCodec.quantizationOriginFrom(model.metadata(), source).isEmpty()) {
      require(model.checked(), model.description());
    }
  }

  static void require(OnnxFileCheck.Checked file, Optional<ModelDescription> description) {
    Optional<String> wanted = description
        .filter(known -> isWhole(known, file))
        .map(known -> known.provenance().weightsSha256());
    if (wanted.isEmpty()) {
      return;
    }
    try {
      CheckpointWeights.sha256(file).ifPresent(found -> requireSame(file, wanted.get(), found));
      file.requireUnchanged();
    } catch (IOException e) {
      throw new InvalidInputException(
          file.path() + " cannot be read: " + e.getMessage() + "; check the path and its"
              + " permissions",
          e);
    }
  }

  private static boolean isWhole(ModelDescription known, OnnxFileCheck.Checked file) {
    return !(known.architecture() instanceof Architecture.Custom)
        && WHOLE.stream().anyMatch(known.signature()::hasOutput)
        && file.content().external().isEmpty();
  }

  private static void requireSame(OnnxFileCheck.Checked file, String wanted, String found) {
    if (!found.equals(wanted)) {
      throw new InvalidInputException(file.path() + ": its weights have sha256 " + found
          + ", but it says that they had " + wanted
          + " when it was exported: it was damaged or changed since; export or copy it again");
    }
  }
}
