package lapidary.search.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lapidary.search.metrics.RequestMetrics;

/** Measures calls by method and status. A client cannot make up methods: what is not served is one, {@code none}. Thread-safe. */
final class CallMetrics extends ServerStreamTracer.Factory {
  private static final String NONE = "none";

  private final RequestMetrics requests;
  private final Set<String> methods;

  CallMetrics(RequestMetrics requests, Stream<ServerServiceDefinition> services) {
    this.requests = requests;
    this.methods = services
        .flatMap(service -> service.getServiceDescriptor().getMethods().stream())
        .map(MethodDescriptor::getFullMethodName)
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    long start = System.nanoTime();
    String route = methods.contains(method) ? method : NONE;
    requests.began();
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        requests.ended(
            new RequestMetrics.Ending("POST", route, status.getCode().name()),
            System.nanoTime() - start);
      }
    };
  }
}
