package lapidary.benchmarks.service;

import com.google.protobuf.ByteString;
import com.google.protobuf.BytesValue;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;
import lapidary.benchmarks.DenseNetworks;
import lapidary.benchmarks.Processor;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.BatchLimits;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;
import lapidary.search.grpc.GrpcOptions;
import lapidary.search.grpc.GrpcServer;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.inference.InferenceService;

/**
 * Blocking callers of a network of 784-50-10 over gRPC beside the same callers of a bare echo of 784 bytes, client and servers in one
 * process, in turns within one run, the best turn of each. Both by a client as generated code has it. Arguments: seconds of a turn, how many turns, how many callers.
 */
public final class GrpcLoad {
  private static final int PIXELS = 784;

  private static final MethodDescriptor<BytesValue, BytesValue> ECHO =
      MethodDescriptor.<BytesValue, BytesValue>newBuilder()
          .setType(MethodDescriptor.MethodType.UNARY)
          .setFullMethodName("benchmark.Echo/Echo")
          .setRequestMarshaller(ProtoUtils.marshaller(BytesValue.getDefaultInstance()))
          .setResponseMarshaller(ProtoUtils.marshaller(BytesValue.getDefaultInstance()))
          .build();

  private GrpcLoad() {}

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    int callers = Integer.parseInt(arguments[2]);
    System.out.println(Processor.line());
    Path folder = Files.createTempDirectory("lapidary-grpc");
    Path file = DenseNetworks.write(folder, PIXELS, 50, 10);
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    RegistryOptions served = RegistryOptions.of(options).withBatching(BatchLimits.DEFAULT);
    try (ModelRegistry registry = ModelRegistry.open(served)) {
      registry.load("dense", 1, file, options);
      race(new InferenceService(registry), seconds, turns, callers);
    } finally {
      Files.delete(file);
      Files.delete(folder);
    }
  }

  private static void race(InferenceService service, int seconds, int turns, int callers)
      throws Exception {
    Server echo = echo();
    try (GrpcServer server = GrpcServer.start(service, GrpcOptions.loopback(0))) {
      ManagedChannel bare = channel(echo.getPort());
      ManagedChannel ours = channel(server.port());
      GRPCInferenceServiceBlockingStub stub = GRPCInferenceServiceGrpc.newBlockingStub(ours);
      double echoed = 0;
      double inferred = 0;
      for (int turn = 0; turn <= turns; turn++) {
        double one = rate(callers, seconds, () -> echo(bare));
        double other = rate(callers, seconds, () -> infer(stub));
        echoed = turn == 0 ? 0 : Math.max(echoed, one);
        inferred = turn == 0 ? 0 : Math.max(inferred, other);
      }
      System.out.printf(
          Locale.ROOT,
          "%d callers: bare echo %,.0f/s, infer %,.0f/s, %.2f ×%n",
          callers,
          echoed,
          inferred,
          inferred / echoed);
      bare.shutdownNow();
      ours.shutdownNow();
    } finally {
      echo.shutdownNow();
    }
  }

  /** A server that does nothing else, by the threads that read. */
  private static Server echo() throws IOException {
    ServerServiceDefinition service = ServerServiceDefinition.builder("benchmark.Echo")
        .addMethod(ECHO, ServerCalls.asyncUnaryCall((message, answer) -> {
          answer.onNext(message);
          answer.onCompleted();
        }))
        .build();
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .directExecutor()
        .addService(service)
        .build()
        .start();
  }

  /** As a client has it that sets nothing. */
  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .usePlaintext()
        .build();
  }

  private static int echo(ManagedChannel channel) {
    BytesValue message = BytesValue.of(ByteString.copyFrom(new byte[PIXELS]));
    return ClientCalls.blockingUnaryCall(channel, ECHO, CallOptions.DEFAULT, message)
        .getValue()
        .size();
  }

  /** Asks for the answer to one row of zeros, raw. */
  private static int infer(GRPCInferenceServiceBlockingStub stub) {
    return stub.modelInfer(ModelInferRequest.newBuilder()
            .setModelName("dense")
            .addInputs(ModelInferRequest.InferInputTensor.newBuilder()
                .setName(DenseNetworks.INPUT)
                .setDatatype("UINT8")
                .addShape(1)
                .addShape(PIXELS))
            .addRawInputContents(ByteString.copyFrom(new byte[PIXELS]))
            .build())
        .getRawOutputContentsCount();
  }

  private static double rate(int callers, int seconds, IntSupplier call)
      throws InterruptedException, ExecutionException {
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      long end = System.nanoTime() + seconds * 1_000_000_000L;
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        counts.add(threads.submit(() -> calls(end, call)));
      }
      long all = 0;
      for (Future<Long> each : counts) {
        all += each.get();
      }
      return (double) all / seconds;
    } finally {
      threads.shutdown();
    }
  }

  private static long calls(long end, IntSupplier call) {
    long count = 0;
    while (System.nanoTime() < end) {
      if (call.getAsInt() == 0) {
        throw new IllegalStateException("an answer is empty");
      }
      count++;
    }
    return count;
  }
}
