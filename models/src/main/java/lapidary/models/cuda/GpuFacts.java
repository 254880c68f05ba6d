package lapidary.models.cuda;

import java.util.List;
import java.util.Optional;

/**
 * What is known where somebody wants to compute on a GPU.
 *
 * @param engine with what
 * @param driver NVIDIA's
 * @param libraries those of CUDA
 * @param refusal what the engine or the driver said when it was tried; empty if it was not, or nothing was wrong
 */
public record GpuFacts(
    CudaEngine engine, Driver driver, Libraries libraries, Optional<String> refusal) {
  /** What is known before anything is tried. */
  public static GpuFacts of(CudaEngine engine, Driver driver, Libraries libraries) {
    return new GpuFacts(engine, driver, libraries, Optional.empty());
  }

  /** The same, and what was said when it was tried. */
  public GpuFacts refused(String said) {
    return new GpuFacts(engine, driver, libraries, Optional.of(said));
  }

  /**
   * NVIDIA's driver.
   *
   * @param library its file, such as {@code libcuda.so.1}
   * @param found whether the loader finds it
   * @param version such as {@code 535.104.05}, if it says
   * @param cards by their number; empty if they are not known
   */
  public record Driver(String library, boolean found, Optional<String> version, List<Card> cards) {
    /** Copies the list. */
    public Driver {
      cards = List.copyOf(cards);
    }
  }

  /**
   * A GPU.
   *
   * @param name such as {@code NVIDIA H100}
   * @param generation ten times its compute capability, such as 90
   * @param mebibytes its memory
   */
  public record Card(String name, int generation, long mebibytes) {}

  /**
   * The libraries of CUDA.
   *
   * @param missing names of those that are not found
   * @param oldRuntime the version of the CUDA runtime, if it is too old
   * @param newerAlone whether there is CUDA 13 and not CUDA 12
   */
  public record Libraries(List<String> missing, Optional<String> oldRuntime, boolean newerAlone) {
    /** Nothing is missing. */
    public static final Libraries COMPLETE = new Libraries(List.of(), Optional.empty(), false);

    /** Copies the list. */
    public Libraries {
      missing = List.copyOf(missing);
    }
  }
}
