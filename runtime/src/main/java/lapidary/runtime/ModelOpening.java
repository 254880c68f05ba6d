package lapidary.runtime;

import ai.onnxruntime.OrtException;
import java.io.IOException;
import lapidary.models.FileFailure;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.check.WeightsDigest;
import lapidary.runtime.device.Providers;

/** From a file that ONNX Runtime may have to a model that is warm. Stateless. */
final class ModelOpening {
  private ModelOpening() {}

  /**
   * Opens a file of which somebody has said that ONNX Runtime may have it. What it says of itself is read first: that refuses a
   * damaged file before native code sees it, and takes the time in which ONNX Runtime's library is loaded.
   */
  static Model vouched(OnnxFileCheck.Checked checked, ModelOptions options) {
    FileDescription written = written(checked);
    MemoryWatch memory = MemoryWatch.of(checked, options);
    boolean pattern = options.memoryPattern().isOn(written.inputs());
    OpenSession session = OpenSession.open(checked, options, pattern);
    Model model = model(checked, session, written);
    try {
      memory.opened();
      WarmUp.all(model, options, memory);
      model.measured(memory.footprint());
      return model;
    } catch (RuntimeException | Error e) {
      model.close();
      throw e;
    }
  }

  private static Model model(
      OnnxFileCheck.Checked checked, OpenSession opened, FileDescription written) {
    try {
      FileDescription described = written.with(opened.session());
      checked.requireUnchanged();
      return new Model(checked, opened, described);
    } catch (OrtException e) {
      opened.close();
      throw new InvalidInputException(
          checked.path() + " cannot be read: " + Providers.oneLine(e), e);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  private static FileDescription written(OnnxFileCheck.Checked checked) {
    try {
      FileDescription said = DescriptionReader.read(checked);
      WeightsDigest.require(checked, said.metadata());
      return said;
    } catch (IOException e) {
      throw FileFailure.reading(checked.path().toString(), e, "check the path and its permissions");
    }
  }
}
