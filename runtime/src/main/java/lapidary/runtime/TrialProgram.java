package lapidary.runtime;

import java.nio.file.Path;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.runtime.check.OnnxFileCheck;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.LargeStack;
import lapidary.runtime.isolated.Guard;

/**
 * The program of a child of {@link IsolatedTrial}. Arguments: the file, its sha256, the device, the optimisation. What it printed
 * last says how far it came.
 */
final class TrialProgram {
  static final String STEP = "step ";
  static final String DONE = "done";
  static final String REFUSED = "refused ";
  static final String MISSING = "missing ";

  private TrialProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    Guard.begin();
    Thread trial = new Thread(null, () -> told(arguments), "lapidary-trial", LargeStack.BYTES);
    trial.start();
    trial.join();
  }

  private static void told(String[] arguments) {
    try {
      attempt(arguments);
      System.out.println(DONE);
    } catch (InvalidInputException e) {
      System.out.println(REFUSED + oneLine(e));
    } catch (EnvironmentException e) {
      System.out.println(MISSING + oneLine(e));
    }
  }

  private static void attempt(String[] arguments) {
    Path file = Path.of(arguments[0]);
    OnnxFileCheck.Checked checked = OnnxFileCheck.check(file);
    if (!checked.sha256().equals(arguments[1])) {
      throw new InvalidInputException(
          file + " was changed while it was being opened; open it again");
    }
    ModelOptions options = ModelOptions.of(Device.parse(arguments[2]))
        .withOptimization(ModelOptions.Optimization.valueOf(arguments[3]));
    System.out.println(STEP + "opening");
    try (Model model = ModelOpening.vouched(checked, options)) {
      System.out.println(STEP + "running");
      WarmUp.all(model, options.withWarmUpRuns(1), MemoryWatch.of(checked, options));
    }
  }

  private static String oneLine(Exception e) {
    return String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
  }
}
