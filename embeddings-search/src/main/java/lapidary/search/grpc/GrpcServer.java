package lapidary.search.grpc;

import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lapidary.models.EnvironmentException;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.inference.InferenceService;
import lapidary.search.metrics.Metrics;
import lapidary.search.metrics.RequestMetrics;

/**
 * Serves models over gRPC, by the Open Inference Protocol with what Triton adds to it, with gRPC's own health and reflection. In clear
 * text (h2c): where others listen, put a proxy before it that speaks TLS. Thread-safe.
 *
 * <p>Does not own what it serves: close the server first.
 */
public final class GrpcServer implements AutoCloseable {
  private static final int CALLS_PER_CONNECTION = 1_000;
  private static final long LOOK_MILLIS = 200;
  private static final long LEAST_SECONDS_BETWEEN_PINGS = 10;

  private final Server server;
  private final CallWorkers workers;
  private final HealthStatusManager health;
  private final ScheduledExecutorService watch;
  private final long stopNanos;
  private final int port;
  private final AtomicBoolean serving = new AtomicBoolean(true);

  private GrpcServer(
      Server server,
      CallWorkers workers,
      HealthStatusManager health,
      ScheduledExecutorService watch,
      GrpcLimits limits) {
    this.server = server;
    this.workers = workers;
    this.health = health;
    this.watch = watch;
    this.stopNanos = limits.stopTime().toNanos();
    this.port = server.getPort();
  }

  /**
   * Starts serving; calls are answered on return.
   *
   * @throws EnvironmentException if the host and port cannot be listened at
   */
  public static GrpcServer start(InferenceService service, GrpcOptions options) {
    return start(service, options, Optional.empty(), CallAudit.toLogger());
  }

  /** Starts serving, as {@link #start(InferenceService, GrpcOptions)} does, and measures its calls. */
  public static GrpcServer start(InferenceService service, GrpcOptions options, Metrics metrics) {
    return start(service, options, Optional.of(metrics.requests("grpc")), CallAudit.toLogger());
  }

  static GrpcServer start(
      InferenceService service,
      GrpcOptions options,
      Optional<RequestMetrics> measured,
      CallAudit audit) {
    GrpcLimits limits = options.limits();
    CallWorkers workers = new CallWorkers(limits);
    Arrivals arrivals = new Arrivals(limits);
    HealthStatusManager health = new HealthStatusManager();
    Runnable tellHealth = () -> tell(health, service);
    tellHealth.run();
    List<ServerServiceDefinition> services = List.of(
        new InferenceCalls(service, workers, audit).bindService(),
        health.getHealthService().bindService(),
        ProtoReflectionServiceV1.newInstance().bindService());
    NettyServerBuilder builder = builder(options, arrivals)
        .intercept(new Door(options.access(), audit))
        .addServices(services);
    measured.ifPresent(
        requests -> builder.addStreamTracerFactory(new CallMetrics(requests, services.stream())));
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      workers.close();
      throw new EnvironmentException(
          "cannot listen at " + options.host() + " port " + options.port() + ": " + reason(e)
              + "; choose another port or host",
          e);
    }
    return new GrpcServer(server, workers, health, watch(tellHealth, arrivals), limits);
  }

  /** The port that is listened at, or was until the server was closed. */
  public int port() {
    return port;
  }

  /**
   * Stops: no new calls are taken, those in flight are answered, for at most the stop time of the limits. Closing again does nothing.
   */
  @Override
  public void close() {
    if (serving.compareAndSet(true, false)) {
      watch.shutdownNow();
      health.enterTerminalState();
      server.shutdown();
      end();
      workers.close();
    }
  }

  private static NettyServerBuilder builder(GrpcOptions options, Arrivals arrivals) {
    GrpcLimits limits = options.limits();
    return NettyServerBuilder.forAddress(new InetSocketAddress(options.host(), options.port()))
        .directExecutor()
        .maxInboundMessageSize(limits.messageBytes())
        .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
        .permitKeepAliveTime(LEAST_SECONDS_BETWEEN_PINGS, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addStreamTracerFactory(arrivals)
        .intercept(arrivals);
  }

  private static ScheduledExecutorService watch(Runnable tellHealth, Arrivals arrivals) {
    ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(work -> {
      Thread thread = new Thread(work, "lapidary-grpc-watch");
      thread.setDaemon(true);
      return thread;
    });
    Runnable look = () -> {
      arrivals.endSlow();
      tellHealth.run();
    };
    Future<?> unused =
        watch.scheduleWithFixedDelay(look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    return watch;
  }

  private static void tell(HealthStatusManager health, InferenceService service) {
    ServingStatus status = service.ready() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
    health.setStatus(GRPCInferenceServiceGrpc.SERVICE_NAME, status);
  }

  /** The system's own words, which stand in the innermost cause. */
  private static String reason(IOException e) {
    return Stream.<Throwable>iterate(e, Throwable::getCause)
        .takeWhile(Objects::nonNull)
        .map(cause -> String.valueOf(cause.getMessage()))
        .reduce((outer, inner) -> inner)
        .orElse("");
  }

  private void end() {
    boolean ended = false;
    try {
      ended = server.awaitTermination(stopNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (!ended) {
      server.shutdownNow();
    }
  }
}
