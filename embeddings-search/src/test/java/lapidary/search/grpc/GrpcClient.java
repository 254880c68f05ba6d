package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.grpc.ClientInterceptor;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import java.util.concurrent.TimeUnit;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceFutureStub;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceStub;
import lapidary.search.grpc.protocol.ServerLiveRequest;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Talks to a gRPC server as any client would. No test waits for ever. */
final class GrpcClient implements AutoCloseable {
  private static final int LONGEST_SECONDS = 60;

  final ManagedChannel channel;

  /** Connects, so that calls go out in the order in which they are made. */
  GrpcClient(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    calls().serverLive(ServerLiveRequest.getDefaultInstance());
  }

  GRPCInferenceServiceBlockingStub calls() {
    return GRPCInferenceServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  GRPCInferenceServiceBlockingStub calls(String token) {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
    ClientInterceptor attach = MetadataUtils.newAttachHeadersInterceptor(headers);
    return calls().withInterceptors(attach);
  }

  GRPCInferenceServiceFutureStub futures() {
    return GRPCInferenceServiceGrpc.newFutureStub(channel)
        .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  GRPCInferenceServiceStub streams() {
    return GRPCInferenceServiceGrpc.newStub(channel)
        .withDeadlineAfter(LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** The status that a call ends with. */
  static Status refusal(ThrowingCallable call) {
    return catchThrowableOfType(StatusRuntimeException.class, call).getStatus();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}
