package lapidary.cli.serve;

import java.util.OptionalInt;
import lapidary.runtime.ModelOptions;
import lapidary.runtime.device.Device;
import lapidary.search.http.ServerOptions;

/**
 * A service to start.
 *
 * @param content what it serves
 * @param models how its models are opened
 * @param http where it listens, whom it lets in and what it takes
 * @param grpcPort where it also answers gRPC, 0 for any free port; empty for nowhere
 * @param observation how it is watched
 */
record ServingPlan(
    Content content,
    ModelOptions models,
    ServerOptions http,
    OptionalInt grpcPort,
    Observation observation) {
  /** On the CPU, over HTTP only, watched as usual. */
  static ServingPlan of(Content content, ServerOptions http) {
    return new ServingPlan(
        content, ModelOptions.of(Device.cpu(1)), http, OptionalInt.empty(), Observation.USUAL);
  }

  /** The same at whatever ports are free. */
  ServingPlan atFreePorts() {
    return new ServingPlan(
        content,
        models,
        new ServerOptions(http.host(), 0, http.access(), http.limits()),
        anyOf(grpcPort),
        new Observation(anyOf(observation.metricsPort()), observation.accessLog()));
  }

  private static OptionalInt anyOf(OptionalInt port) {
    return port.isPresent() ? OptionalInt.of(0) : port;
  }
}
