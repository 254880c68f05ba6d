package lapidary.runtime.isolated;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a child may take.
 *
 * @param deadline from its start to its end
 * @param heapMib of Java
 * @param addressSpace in bytes, where the system has such a limit; empty for none, as GPUs need
 */
public record Limits(Duration deadline, int heapMib, OptionalLong addressSpace) {}
