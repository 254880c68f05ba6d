/**
 * Loads a running service from outside, as its callers would: rates beside a trivial route, overload, reads and writes for long. The
 * service is a command, so what is measured is what users start. Begin reading at {@link lapidary.benchmarks.service.HttpLoad}.
 */
@NullMarked
package lapidary.benchmarks.service;

import org.jspecify.annotations.NullMarked;
