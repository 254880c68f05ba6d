package lapidary.exporter.quantize;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import lapidary.models.ElementType;
import lapidary.models.Parity;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/** A file's answers to some rows, to tell how far another's are from them. Immutable. */
public final class Answers {
  private final Rows rows;
  private final List<Map<String, Tensor>> given;

  private Answers(Rows rows, List<Map<String, Tensor>> given) {
    this.rows = rows;
    this.given = given;
  }

  /** Runs the rows. */
  public static Answers of(Model model, Rows rows) {
    List<Map<String, Tensor>> given = new ArrayList<>();
    rows.forEachBatch(feed -> given.add(model.run(feed)));
    return new Answers(rows, given);
  }

  /**
   * How far another file is: Σ(a − b)² / Σb² of each output, the mean of those of all outputs.
   *
   * @param model the other file
   */
  public double error(Model model) {
    List<Map<String, Tensor>> others = of(model, rows).given;
    return given.get(0).entrySet().stream()
        .filter(output -> output.getValue().type() == ElementType.FLOAT32)
        .mapToDouble(output -> error(output.getKey(), others))
        .average()
        .orElse(0);
  }

  private double error(String output, List<Map<String, Tensor>> others) {
    double difference = 0;
    double size = 0;
    for (int batch = 0; batch < given.size(); batch++) {
      float[] wanted = floats(given.get(batch), output);
      float[] answer = floats(others.get(batch), output);
      for (int i = 0; i < wanted.length; i++) {
        double off = (double) answer[i] - wanted[i];
        difference += off * off;
        size += (double) wanted[i] * wanted[i];
      }
    }
    return size == 0 ? difference : difference / size;
  }

  private static float[] floats(Map<String, Tensor> answers, String output) {
    return Objects.requireNonNull(answers.get(output)).floats();
  }

  /** How far another file is at most, at each output of float32. */
  public List<Parity.Difference> differences(Model model) {
    List<Map<String, Tensor>> others = of(model, rows).given;
    return given.get(0).entrySet().stream()
        .filter(output -> output.getValue().type() == ElementType.FLOAT32)
        .map(output -> difference(output.getKey(), others))
        .toList();
  }

  private Parity.Difference difference(String output, List<Map<String, Tensor>> others) {
    double absolute = 0;
    double scale = 0;
    for (int batch = 0; batch < given.size(); batch++) {
      float[] wanted = floats(given.get(batch), output);
      float[] answer = floats(others.get(batch), output);
      for (int i = 0; i < wanted.length; i++) {
        absolute = Math.max(absolute, Math.abs((double) answer[i] - wanted[i]));
        scale = Math.max(scale, Math.abs(wanted[i]));
      }
    }
    return new Parity.Difference(output, absolute, scale == 0 ? absolute : absolute / scale, true);
  }
}
