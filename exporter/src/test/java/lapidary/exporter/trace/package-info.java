/** Tests of tracing. */
@NullMarked
package lapidary.exporter.trace;

import org.jspecify.annotations.NullMarked;
