/**
 * Files in 8 bits: what their values are is observed on rows, layers that hurt are left in 32 bits, and the drop is measured before
 * anything is published. Reads and writes graphs of {@code lapidary.exporter.graph}; nothing here needs a trainer. Begin reading at
 * {@link lapidary.exporter.quantize.Candidates}.
 */
@NullMarked
package lapidary.exporter.quantize;

import org.jspecify.annotations.NullMarked;
