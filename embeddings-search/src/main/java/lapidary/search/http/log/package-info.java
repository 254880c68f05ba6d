/**
 * What is told of requests: their ids and traces, the audit log and the access log, and whoever else observes. For
 * {@code lapidary.search.http}; of it {@link lapidary.search.http.log.AccessLog} and {@link lapidary.search.http.log.LineFile} are for
 * programs. Begin reading at {@link lapidary.search.http.log.Calls}.
 */
@NullMarked
package lapidary.search.http.log;

import org.jspecify.annotations.NullMarked;
