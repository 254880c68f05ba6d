package lapidary.runtime;

/**
 * The native memory that a model takes, measured in this process while it was opened and warmed up: by how much more was resident
 * outside the Java heap. What other threads allocate meanwhile, the JIT compiler's included, counts too (usually a few MB). The first
 * model of a process also pays for ONNX Runtime itself, some 10 MB. Immutable.
 *
 * @param file bytes of the file and of the weights beside it
 * @param opened bytes more after opening it
 * @param served bytes more after opening it and running every shape that is served; ONNX Runtime keeps the memory of its largest
 *     run, so this is also what it takes from then on, and one such run at a time
 */
public record Footprint(long file, long opened, long served) {}
