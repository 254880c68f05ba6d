/** Tests of graphs and what they store. */
@NullMarked
package lapidary.exporter.graph;

import org.jspecify.annotations.NullMarked;
