/**
 * What a block does, written down: the tape, the proxies that a block runs on, the place of each operation, and the nodes that
 * several traces have in common. Only the exporter's own rooms come in; nothing here is API. Begin reading at
 * {@link lapidary.exporter.trace.Tracer}, then {@link lapidary.exporter.trace.TracedArray}.
 */
@NullMarked
package lapidary.exporter.trace;

import org.jspecify.annotations.NullMarked;
