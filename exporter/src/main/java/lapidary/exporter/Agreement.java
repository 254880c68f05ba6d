package lapidary.exporter;

import java.util.Map;
import java.util.Objects;
import lapidary.exporter.quantize.Judge;
import lapidary.models.InvalidInputException;
import lapidary.models.Output;
import lapidary.models.Signature;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;

/**
 * Judges by the file in 32 bits itself, where no right answers are known: the share of rows whose largest score is in the same place, or
 * how far numbers are from its own, relative to their size.
 *
 * @param source where rows come from
 * @param count how many, at least 1
 */
record Agreement(RowSource source, int count) implements Judge {
  Agreement {
    if (count < 1) {
      throw new InvalidInputException("nothing is judged on " + count + " rows; give 1 or more");
    }
  }

  @Override
  public Verdict judge(Model before, Model after) {
    Signature signature = before.description().orElseThrow().signature();
    String output = signature.outputs().get(0).name();
    boolean scores = output.equals(Output.LOGITS) || output.equals(Output.PROBABILITIES);
    int same = 0;
    double off = 0;
    double size = 0;
    for (int row = 0; row < count; row++) {
      Map<String, Tensor> feed = new Batch(signature.inputs(), source, row, 1).forFile();
      float[] wanted = floats(before, feed, output);
      float[] given = floats(after, feed, output);
      same += top(given) == top(wanted) ? 1 : 0;
      for (int i = 0; i < wanted.length; i++) {
        off += Math.pow((double) given[i] - wanted[i], 2);
        size += Math.pow(wanted[i], 2);
      }
    }
    double error = size == 0 ? Math.sqrt(off) : Math.sqrt(off / size);
    return scores
        ? Verdict.ofShare("agreement", 1, (double) same / count)
        : new Verdict("relative error", 0, error, error);
  }

  private static float[] floats(Model model, Map<String, Tensor> feed, String output) {
    return Objects.requireNonNull(model.run(feed).get(output)).floats();
  }

  private static int top(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }
}
