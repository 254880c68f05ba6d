package lapidary.trainer.engine;

/** The functions of NVIDIA's driver. */
@FunctionalInterface
interface DriverCalls {
  /**
   * Calls one.
   *
   * @param function such as {@code cuInit}
   * @param arguments as JNA takes them
   * @return CUDA's number of the error, 0 for none
   */
  int call(String function, Object... arguments);
}
