package lapidary.benchmarks.service;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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
import java.util.function.Supplier;
import lapidary.benchmarks.DenseNetworks;
import lapidary.benchmarks.Processor;
import lapidary.models.wire.WireWriter;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.runtime.serving.registry.ModelRegistry;
import lapidary.runtime.serving.registry.RegistryOptions;
import lapidary.search.grpc.GrpcOptions;
import lapidary.search.grpc.GrpcServer;
import lapidary.search.inference.InferenceService;

/**
 * Blocking callers of a network of 784-50-10 over gRPC beside the same callers of a bare echo of 784 bytes, client and servers in one
 * process, in turns within one run, the best turn of each. Arguments: seconds of a turn, how many turns, how many callers.
 */
public final class GrpcLoad {
  private static final int PIXELS = 784;

  private static final MethodDescriptor<byte[], byte[]> ECHO = method("benchmark.Echo/Echo");
  private static final MethodDescriptor<byte[], byte[]> INFER =
      method("inference.GRPCInferenceService/ModelInfer");

  private GrpcLoad() {}

  /** Messages as they are on the wire: what a client in another language writes and reads is not measured. */
  private static MethodDescriptor<byte[], byte[]> method(String name) {
    return MethodDescriptor.<byte[], byte[]>newBuilder(new Bytes(), new Bytes())
        .setType(MethodDescriptor.MethodType.UNARY)
        .setFullMethodName(name)
        .build();
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** See the class. */
  public static void main(String[] arguments) throws Exception {
    int seconds = Integer.parseInt(arguments[0]);
    int turns = Integer.parseInt(arguments[1]);
    int callers = Integer.parseInt(arguments[2]);
    System.out.println(Processor.line());
    Path folder = Files.createTempDirectory("lapidary-grpc");
    Path file = DenseNetworks.write(folder, PIXELS, 50, 10);
    ModelOptions options = ModelOptions.of(Device.cpu(1));
    try (ModelRegistry registry = ModelRegistry.open(RegistryOptions.of(options))) {
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
      double echoed = 0;
      double inferred = 0;
      for (int turn = 0; turn <= turns; turn++) {
        double one = rate(callers, seconds, () -> call(bare, ECHO, new byte[PIXELS]));
        double other = rate(callers, seconds, () -> call(ours, INFER, request()));
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

  private static ManagedChannel channel(int port) {
    return NettyChannelBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
        .usePlaintext()
        .directExecutor()
        .build();
  }

  private static byte[] call(
      ManagedChannel channel, MethodDescriptor<byte[], byte[]> method, byte[] message) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message);
  }

  /** {@code ModelInferRequest} of one row of zeros, as raw bytes. */
  private static byte[] request() {
    return new WireWriter()
        .text(1, "dense")
        .message(
            5,
            new WireWriter()
                .text(1, DenseNetworks.INPUT)
                .text(2, "UINT8")
                .number(3, 1)
                .number(3, PIXELS))
        .text(7, "\0".repeat(PIXELS))
        .bytes();
  }

  private static double rate(int callers, int seconds, Supplier<byte[]> call)
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

  private static long calls(long end, Supplier<byte[]> call) {
    long count = 0;
    while (System.nanoTime() < end) {
      if (call.get().length == 0) {
        throw new IllegalStateException("an answer is empty");
      }
      count++;
    }
    return count;
  }
}
