package lapidary.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Model cards (Mitchell et al. 2019, "Model Cards for Model Reporting") as Markdown: the documented text of the architecture,
 * then the facts of one trained model. Stateless.
 */
public final class ModelCard {
  private ModelCard() {}

  /** The documented text of a model: task, data, shapes, paper, recipe and measured scores; empty for a custom one. */
  public static Optional<String> documented(String model) {
    if (!Architecture.DOCUMENTED.contains(model)) {
      return Optional.empty();
    }
    try (InputStream in = ModelCard.class.getResourceAsStream("cards/" + model + ".md")) {
      if (in == null) {
        throw new IllegalStateException("the card of " + model + " is missing from the jar");
      }
      return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The card of one trained model. */
  public static String of(ModelDescription description) {
    StringBuilder card =
        new StringBuilder("# ").append(description.architecture().name()).append("\n\n");
    documented(description.architecture().name())
        .ifPresent(text -> card.append(text.strip()).append("\n\n"));
    card.append("## This file\n\n");
    row(card, "Task", description.task().name().toLowerCase(Locale.ROOT));
    if (description.labels().size() > 0) {
      row(card, "Classes", String.join(", ", description.labels().names()));
    }
    provenance(card, description.provenance());
    description
        .evidence()
        .scores()
        .forEach((metric, value) -> row(card, metric, String.format(Locale.ROOT, "%.4f", value)));
    description.evidence().parity().ifPresent(parity -> parity(card, parity));
    return card.toString();
  }

  private static void parity(StringBuilder card, Parity parity) {
    row(card, "Parity with the trainer", ParityText.summary(parity));
    parity
        .outputs()
        .forEach(output -> within(card, output.output() + ": " + ParityText.of(output)));
    parity
        .setting()
        .map(ParityText::of)
        .ifPresent(lines -> lines.forEach(line -> within(card, line)));
  }

  private static void within(StringBuilder card, String line) {
    card.append("  - ").append(line).append('\n');
  }

  /** The section about an embedding that was added to a file. */
  public static String of(EmbeddingOrigin origin) {
    StringBuilder section = new StringBuilder("\n## Embedding\n\n");
    row(
        section,
        "Made of",
        String.format(
            Locale.ROOT,
            "%s, %d values, by %d principal components (%s, %s) that explain %.2f %% of the variance;"
                + " unit length",
            origin.output(),
            origin.inputs(),
            origin.components(),
            origin.centred() ? "centred" : "not centred",
            origin.whitened() ? "whitened" : "not whitened",
            100 * origin.explainedVariance()));
    row(
        section,
        "Fitted to",
        origin.rows() + " rows of " + origin.data().name() + " (licence: "
            + origin.data().licence() + ", sha256 " + origin.data().sha256() + ")");
    row(section, "Added to the file with sha256", origin.baseSha256());
    return section.toString();
  }

  private static void provenance(StringBuilder card, Provenance provenance) {
    if (provenance.equals(Provenance.UNKNOWN)) {
      row(card, "Data, seed, options and weights", "not told");
      return;
    }
    DataSource data = provenance.data();
    row(
        card,
        "Data",
        data.name() + " (licence: " + data.licence() + ", sha256 " + data.sha256() + ")");
    row(card, "Seed", Long.toString(provenance.seed()));
    row(card, "Options", entries(provenance.hyperParameters()));
    row(card, "Made with", entries(provenance.versions()));
    row(card, "Weights sha256", provenance.weightsSha256());
  }

  private static String entries(Map<String, String> map) {
    return String.join(
        ", ", map.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).toList());
  }

  private static void row(StringBuilder card, String name, String value) {
    card.append("- ").append(name).append(": ").append(value).append('\n');
  }
}
