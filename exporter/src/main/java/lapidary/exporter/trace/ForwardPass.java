package lapidary.exporter.trace;

import ai.djl.ndarray.NDList;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.function.Function;
import lapidary.exporter.graph.ExportException;
import lapidary.models.EnvironmentException;

/** Runs a block for inference. Its code is the user's: whatever it throws becomes a sentence with its place. Stateless. */
final class ForwardPass {
  private ForwardPass() {}

  /**
   * Runs the block once.
   *
   * @param where says where it failed
   * @throws ExportException if the block's code fails, with the cause
   */
  static NDList run(
      Block block, ParameterStore store, NDList inputs, Function<Throwable, String> where) {
    try {
      return block.forward(store, inputs, false);
    } catch (ExportException | EnvironmentException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw failed(e, where);
    } catch (VirtualMachineError e) {
      throw e;
    } catch (Throwable e) {
      throw failed(declared(e), where);
    }
  }

  private static ExportException failed(Throwable own, Function<Throwable, String> where) {
    String message = own.getMessage();
    if (own instanceof ClassCastException && String.valueOf(message).contains("PtNDArray")) {
      return new ExportException(
          "a program of the engine is given a traced array " + where.apply(own)
              + "; compute with NDArray operations and DJL's blocks, which Java sees",
          own);
    }
    return new ExportException(
        "the forward pass fails " + where.apply(own) + ": " + own.getClass().getSimpleName()
            + (message == null ? "" : ": " + message)
            + "; run block.forward on inputs of the model's signature to see it alone",
        own);
  }

  /** What went through a proxy that does not declare it, as no forward does. */
  private static Throwable declared(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof UndeclaredThrowableException && cause != null
        ? declared(cause)
        : thrown;
  }
}
