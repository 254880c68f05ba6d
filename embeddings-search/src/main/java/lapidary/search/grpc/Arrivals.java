package lapidary.search.grpc;

import io.grpc.Context;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds what is on its way: the bytes of all messages that have begun and not ended together, and how long each takes. A call holds no
 * place for work until its message is there, so that slow senders keep nobody from being answered. Thread-safe.
 */
final class Arrivals extends ServerStreamTracer.Factory implements ServerInterceptor {
  private static final Context.Key<Arrival> KEY = Context.key("lapidary-arrival");
  private static final long NEVER = Long.MAX_VALUE;

  private final AtomicLong free;
  private final long longestNanos;
  private final Set<Arrival> all = ConcurrentHashMap.newKeySet();

  Arrivals(GrpcLimits limits) {
    this.free = new AtomicLong(limits.arrivingBytes());
    this.longestNanos = limits.arrival().toNanos();
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    Arrival arrival = new Arrival();
    all.add(arrival);
    return arrival;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Arrival arrival = KEY.get();
    if (arrival != null) {
      arrival.began(call);
    }
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    return arrival == null ? listener : new Dropping<>(listener, arrival);
  }

  /** Ends calls whose message takes too long. */
  void endSlow() {
    long now = System.nanoTime();
    for (Arrival arrival : all) {
      if (arrival.isSlow(now)) {
        arrival.end(Status.DEADLINE_EXCEEDED.withDescription(
            "the message took too long to arrive; send it again, faster"));
      }
    }
  }

  /** Bytes that are on their way. */
  long bytes() {
    return all.stream().mapToLong(arrival -> arrival.bytes.get()).sum();
  }

  /** A call, and the message of it that is on its way. */
  private final class Arrival extends ServerStreamTracer {
    private volatile @Nullable ServerCall<?, ?> call;
    private volatile long since = NEVER;
    private final AtomicLong bytes = new AtomicLong();
    private volatile boolean ended;

    @Override
    public Context filterContext(Context context) {
      return context.withValue(KEY, this);
    }

    /** The call is known; a single message is waited for from now on, those of a stream from their first byte on. */
    void began(ServerCall<?, ?> began) {
      call = began;
      if (began.getMethodDescriptor().getType().clientSendsOneMessage()) {
        since = System.nanoTime();
      }
    }

    @Override
    public void inboundWireSize(long more) {
      bytes.addAndGet(more);
      if (since == NEVER) {
        since = System.nanoTime();
      }
      if (free.addAndGet(-more) < 0) {
        end(Refusals.busy().getStatus());
      }
    }

    @Override
    public void inboundMessageRead(int number, long wire, long uncompressed) {
      since = NEVER;
      giveBack();
    }

    @Override
    public void streamClosed(Status status) {
      all.remove(this);
      giveBack();
    }

    boolean isSlow(long now) {
      long start = since;
      return start != NEVER && now - start > longestNanos;
    }

    void end(Status status) {
      ServerCall<?, ?> begun = call;
      since = NEVER;
      ended = true;
      if (begun != null) {
        try {
          begun.close(status, new Metadata());
        } catch (IllegalStateException e) {
          // It was answered in the same moment.
        }
      }
    }

    private void giveBack() {
      free.addAndGet(bytes.getAndSet(0));
    }
  }

  /** Drops what still comes of a call that was ended. */
  private static final class Dropping<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Arrival arrival;

    Dropping(ServerCall.Listener<Q> listener, Arrival arrival) {
      super(listener);
      this.arrival = arrival;
    }

    @Override
    public void onMessage(Q message) {
      if (!arrival.ended) {
        super.onMessage(message);
      }
    }

    @Override
    public void onHalfClose() {
      if (!arrival.ended) {
        super.onHalfClose();
      }
    }
  }
}
