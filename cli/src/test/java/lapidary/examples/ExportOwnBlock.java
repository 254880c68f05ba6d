package lapidary.examples;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import lapidary.exporter.OnnxExporter;
import lapidary.models.ElementType;
import lapidary.models.ModelDescription;
import lapidary.models.TensorInput;
import lapidary.runtime.Model;
import lapidary.runtime.Tensor;
import lapidary.runtime.device.Device;

/** Exports a DJL block that Lapidary knows nothing of, and runs the file. */
public final class ExportOwnBlock {
  private ExportOwnBlock() {}

  /** Argument: the ONNX file to write. */
  public static void main(String[] arguments) {
    Path onnx = Path.of(arguments[0]);
    try (NDManager manager = NDManager.newBaseManager()) {
      Block block = new SequentialBlock()
          .add(Linear.builder().setUnits(8).build())
          .add(Activation.geluBlock())
          .add(Linear.builder().setUnits(2).build());
      block.initialize(manager, DataType.FLOAT32, new Shape(1, 3));
      TensorInput x = new TensorInput("x", ElementType.FLOAT32, List.of(3L));
      OnnxExporter.export(block, ModelDescription.custom("my net", List.of(x), "y"), onnx);
    }
    try (Model model = Model.open(onnx, Device.cpu(1))) {
      Tensor rows = Tensor.floats(new float[] {1, 2, 3}, 1, 3);
      System.out.println(Arrays.toString(model.run(Map.of("x", rows)).get("y").floats()));
    }
  }
}
