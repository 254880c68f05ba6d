/**
 * The Open Inference Protocol over gRPC, for clients of KServe and Triton; {@code grpc.protocol} is generated and nobody else's. Decides
 * nothing about models: {@code lapidary.search.inference} does. Open to every program; begin reading at
 * {@link lapidary.search.grpc.GrpcServer}.
 */
@NullMarked
package lapidary.search.grpc;

import org.jspecify.annotations.NullMarked;
