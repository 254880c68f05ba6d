/**
 * What a block does, written down: the tape, the proxies that a block runs on, the place of each operation, and the nodes that
 * several traces have in common. Only the exporter's own rooms come in; API is what a row of the user's own touches:
 * {@link lapidary.exporter.trace.Operator}, Call, NodeBuilder and Value. Begin reading at
 * {@link lapidary.exporter.trace.Tracer}, then {@link lapidary.exporter.trace.TracedArray}.
 */
@NullMarked
package lapidary.exporter.trace;

import org.jspecify.annotations.NullMarked;
