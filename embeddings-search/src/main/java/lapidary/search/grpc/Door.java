package lapidary.search.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;
import java.util.Set;
import lapidary.search.access.Access;
import lapidary.search.access.Holder;
import lapidary.search.access.Role;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;

/**
 * Lets calls in, or turns them away before their message is read: where there are tokens a call carries one that may do what its method
 * does. Thread-safe.
 */
final class Door implements ServerInterceptor {
  private static final String HEALTH = "grpc.health.v1.Health/";

  /** Probes of an orchestrator carry no token. */
  private static final Set<String> OPEN = Set.of(
      GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName(),
      GRPCInferenceServiceGrpc.getServerReadyMethod().getFullMethodName());

  private static final Set<String> CHANGING = Set.of(
      GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod().getFullMethodName(),
      GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod().getFullMethodName());

  private final Access access;
  private final CallAudit audit;

  Door(Access access, CallAudit audit) {
    this.access = access;
    this.audit = audit;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String method = call.getMethodDescriptor().getFullMethodName();
    Caller caller = Caller.of(call, headers, access);
    Optional<Status> refusal = role(method).flatMap(role -> refusal(caller, role));
    if (refusal.isPresent()) {
      if (CHANGING.contains(method)) {
        audit.line(caller, method, refusal.get().getCode());
      }
      call.close(refusal.get(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    Context context = Context.current().withValue(Caller.KEY, caller);
    return Contexts.interceptCall(context, call, headers, next);
  }

  private static Optional<Role> role(String method) {
    if (OPEN.contains(method) || method.startsWith(HEALTH)) {
      return Optional.empty();
    }
    return Optional.of(CHANGING.contains(method) ? Role.ADMIN : Role.READ);
  }

  private Optional<Status> refusal(Caller caller, Role wanted) {
    if (access.tokens().isEmpty()) {
      return Optional.empty();
    }
    if (caller.holder().isEmpty()) {
      return Optional.of(Status.UNAUTHENTICATED.withDescription(
          "this server wants a token; send the metadata authorization: Bearer TOKEN"));
    }
    Holder holder = caller.holder().get();
    return holder.role().covers(wanted)
        ? Optional.empty()
        : Optional.of(Status.PERMISSION_DENIED.withDescription("this token may "
            + holder.role().described() + ", and this needs one that may " + wanted.described()));
  }
}
