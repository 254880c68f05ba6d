/** Tests of the gRPC server, by a client that gRPC's own compiler made. */
@NullMarked
package lapidary.search.grpc;

import org.jspecify.annotations.NullMarked;
