package lapidary.runtime;

/**
 * The native memory that a model takes, measured in this process while it was opened and warmed up: by how much more was resident
 * outside the Java heap. ONNX Runtime itself, some 30 MiB once a process, is not counted. What other threads allocate meanwhile, the
 * JIT compiler's included, is (usually a few MiB, after 5,000 runs up to 15 that the C library keeps). Immutable.
 *
 * @param file bytes of the file and of the weights beside it
 * @param opened bytes more after opening it
 * @param served bytes more after opening it and running every shape that is served; ONNX Runtime keeps the memory of its largest
 *     run, so this is also what it takes from then on, and one such run at a time
 */
public record Footprint(long file, long opened, long served) {}
