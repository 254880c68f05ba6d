package lapidary.examples;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lapidary.runtime.TableAnswers;
import lapidary.runtime.TablePredictor;
import lapidary.runtime.device.Device;

/** Predicts from rows of a table. */
public final class PredictRows {
  private PredictRows() {}

  /** Arguments: the ONNX file of a tabular model, and rows such as {@code colour=red,size=3.5}. */
  public static void main(String[] arguments) {
    Path model = Path.of(arguments[0]);
    List<Map<String, String>> rows =
        Arrays.stream(arguments).skip(1).map(PredictRows::row).toList();
    try (TablePredictor predictor = TablePredictor.open(model, Device.cpu(1))) {
      TableAnswers answers = predictor.predict(rows);
      for (int row = 0; row < answers.rows(); row++) {
        System.out.println(predictor.target() + " " + answers.answer(row));
      }
    }
  }

  private static Map<String, String> row(String cells) {
    return Arrays.stream(cells.split(",", -1))
        .map(cell -> cell.split("=", 2))
        .collect(Collectors.toMap(cell -> cell[0], cell -> cell[1]));
  }
}
