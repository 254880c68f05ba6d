package lapidary.runtime;

import java.util.List;
import java.util.OptionalLong;
import lapidary.models.InvalidInputException;
import lapidary.runtime.device.Device;
import lapidary.runtime.device.GpuOptions;

/**
 * How a model is opened. Immutable.
 *
 * @param device where it runs
 * @param gpu how it computes, if that is a GPU
 * @param optimization how far ONNX Runtime rewrites the graph on opening
 * @param memoryPattern whether ONNX Runtime plans the memory of a run by its shape
 * @param readiness what is done before {@link Model#open} returns
 */
public record ModelOptions(
    Device device,
    GpuOptions gpu,
    Optimization optimization,
    MemoryPattern memoryPattern,
    Readiness readiness) {
  /** How far ONNX Runtime rewrites the graph. */
  public enum Optimization {
    /** The graph as it is written. */
    NONE,
    /** Rewrites that keep the operators: constant folding, removal of what is not used. */
    BASIC,
    /** Also fused operators. */
    EXTENDED,
    /** Also memory layouts that suit the machine: the fastest, and the default. */
    ALL
  }

  /**
   * Whether ONNX Runtime, having seen a shape once, takes the memory of all activations as one block from then on, in addition to
   * what the first run took.
   */
  public enum MemoryPattern {
    /** {@link #OFF} for images of open height and width, which come in many shapes; otherwise {@link #ON}. The default. */
    AUTO,
    /** At most 3 % faster (MobileNet v2). */
    ON,
    /** The least memory: a ResNet-34 on 8 images of 512 pixels takes 301 MiB instead of 499. */
    OFF;

    boolean isOn(List<TensorInfo> inputs) {
      return this == ON
          || (this == AUTO && inputs.stream().noneMatch(InputShapes::comesInManySizes));
    }
  }

  /**
   * What is run before {@link Model#open} returns, and what it may take.
   *
   * @param warmUpRuns runs on zeros, so that the first caller does not pay for lazy allocation and kernel selection; without served
   *     shapes free dimensions are taken as 1
   * @param served shapes that callers will ask for: each is run at least twice, and {@link Model#footprint} says what they take
   * @param memoryBudget bytes of native memory that the model may take at any moment, opening included; empty is no limit
   */
  public record Readiness(int warmUpRuns, List<ServedShape> served, OptionalLong memoryBudget) {
    /** Nothing is run, and nothing limited. */
    public static final Readiness NONE = new Readiness(0, List.of(), OptionalLong.empty());

    /** Copies the list and refuses a negative number of warm-up runs and a budget of nothing. */
    public Readiness {
      if (warmUpRuns < 0) {
        throw new InvalidInputException(
            "warm-up runs " + warmUpRuns + " cannot be; give 0 for none, or a small number");
      }
      if (memoryBudget.isPresent() && memoryBudget.getAsLong() < 1) {
        throw new InvalidInputException("a memory budget of " + memoryBudget.getAsLong()
            + " bytes allows nothing; give the bytes that the model may take");
      }
      served = List.copyOf(served);
    }
  }

  /** Refuses options of GPUs that the device does not take. */
  public ModelOptions {
    gpu.requireFor(device);
  }

  /** All optimisations and no warm-up. */
  public static ModelOptions of(Device device) {
    return new ModelOptions(
        device, GpuOptions.DEFAULT, Optimization.ALL, MemoryPattern.AUTO, Readiness.NONE);
  }

  /** Runs on zeros before {@link Model#open} returns. */
  public int warmUpRuns() {
    return readiness.warmUpRuns();
  }

  /** Shapes that callers will ask for. */
  public List<ServedShape> served() {
    return readiness.served();
  }

  /** Bytes of native memory that the model may take; empty is no limit. */
  public OptionalLong memoryBudget() {
    return readiness.memoryBudget();
  }

  /**
   * The same, computed otherwise on a GPU.
   *
   * @throws InvalidInputException if the device does not do that, saying what does
   */
  public ModelOptions withGpu(GpuOptions changed) {
    return new ModelOptions(device, changed, optimization, memoryPattern, readiness);
  }

  /** The same with another optimisation. */
  public ModelOptions withOptimization(Optimization changed) {
    return new ModelOptions(device, gpu, changed, memoryPattern, readiness);
  }

  /** The same with another way to plan memory. */
  public ModelOptions withMemoryPattern(MemoryPattern changed) {
    return new ModelOptions(device, gpu, optimization, changed, readiness);
  }

  /** The same with warm-up runs. */
  public ModelOptions withWarmUpRuns(int runs) {
    return with(new Readiness(runs, served(), memoryBudget()));
  }

  /** The same with the shapes that will be asked for; the largest says what memory is needed. */
  public ModelOptions withServed(ServedShape... shapes) {
    return with(new Readiness(warmUpRuns(), List.of(shapes), memoryBudget()));
  }

  /**
   * The same with a limit: a model that would take more native memory is refused, with numbers, instead of leaving it to the kernel
   * to kill the process. Weights count by the size of their files before native code sees them, at four times that, which opening
   * takes for a moment. A served shape is run only after smaller ones, from whose memory its own follows. Linux alone says what a
   * process takes; elsewhere a budget is refused. A GPU's own memory is limited by {@link GpuOptions#withMemoryLimit}.
   */
  public ModelOptions withMemoryBudget(long bytes) {
    return with(new Readiness(warmUpRuns(), served(), OptionalLong.of(bytes)));
  }

  private ModelOptions with(Readiness changed) {
    return new ModelOptions(device, gpu, optimization, memoryPattern, changed);
  }
}
