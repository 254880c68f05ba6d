package lapidary.search.http.route;

import io.javalin.http.Context;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * Bounds the work a server takes on: so many requests at the same time, so many waiting, each so long. A request beyond that is turned
 * away with status 429, before its body is read where that is known. A body takes no place until it is whole, no thread while it
 * arrives, and is parsed only when it has one. Thread-safe.
 *
 * <p>Short work is done by the thread that took the body, which saves two changes of threads. Whether it is short is known from what the
 * route took lately; work that turns out to be long then is answered when it is done, and after some twenty of it workers do it. Where the client says until
 * when it waits, a worker does it.
 */
public final class Workers implements AutoCloseable {
  private final ServerLimits limits;
  private final Room room;
  private final ScheduledThreadPoolExecutor clock;
  private final Lane small;
  private final Lane large;
  /** What is left of the places of each route that has fewer than the server. */
  private final Map<String, Semaphore> ofRoutes = new ConcurrentHashMap<>();

  private final Paces paces = new Paces();

  public Workers(ServerLimits limits) {
    this.limits = limits;
    this.room = new Room(limits.onTheWay());
    this.clock = new ScheduledThreadPoolExecutor(1, task -> {
      Thread thread = new Thread(task, "lapidary-search-clock");
      thread.setDaemon(true);
      return thread;
    });
    clock.setRemoveOnCancelPolicy(true);
    this.small = new Lane("lapidary-search", limits.workers(), limits.waiting(), clock);
    this.large = new Lane("lapidary-search-large", limits.largeWorkers(), limits.waiting(), clock);
  }

  /** What is done with a body, on a worker. */
  @FunctionalInterface
  public interface Work<T> {
    T of(Body body) throws Exception;
  }

  /**
   * Takes the body, does the work on a worker and gives what it gave.
   *
   * @throws HttpProblem if the request is turned away from its head alone
   */
  CompletableFuture<Answer> work(Context context, Route route, Work<Answer> work) {
    Route.Limits bounds = route.limits().within(limits);
    Asked asked = Asked.of(context, bounds);
    Lane lane = asked.isSmall() && !bounds.large() ? small : large;
    Semaphore ofRoute = ofRoutes.computeIfAbsent(
        route.name(), name -> new Semaphore(route.limits().places()));
    if (lane.isFull() || ofRoute.availablePermits() == 0) {
      throw HttpProblem.busy();
    }
    Request request = ServletContextRequest.getServletContextRequest(context.req());
    Room.Share share = share(request);
    return Intake.of(request, asked, share, asked.deadline().left(limits.time()), clock)
        .thenCompose(bytes -> {
          if (!ofRoute.tryAcquire()) {
            throw HttpProblem.busy();
          }
          Callable<Answer> timed =
              () -> paces.timed(route.name(), () -> done(bytes, asked, share, work));
          boolean here =
              lane == small && paces.isShort(route.name()) && !asked.deadline().isGiven();
          return (here ? lane.here(timed) : turn(lane, bounds.time(), asked, timed))
              .whenComplete((answer, failure) -> ofRoute.release());
        });
  }

  private CompletableFuture<Answer> turn(
      Lane lane, Duration most, Asked asked, Callable<Answer> work) {
    return lane.run(
        work,
        asked.deadline().left(most),
        () -> asked.deadline().missed(HttpProblem.tookLong(most)));
  }

  private Answer done(byte[] bytes, Asked asked, Room.Share share, Work<Answer> work)
      throws Exception {
    byte[] content = asked.packed() ? Unpacked.of(bytes, asked, share) : bytes;
    Answer answer = work.of(new Body(asked.type(), new Body.Bytes(content), limits.pixels()));
    requireRoom(share, answer.length());
    return answer;
  }

  /** Makes room for an answer of a route that does no work. */
  void requireRoom(Context context, int length) {
    requireRoom(share(ServletContextRequest.getServletContextRequest(context.req())), length);
  }

  private static void requireRoom(Room.Share share, int length) {
    if (!share.resize(length, length)) {
      throw HttpProblem.busy();
    }
  }

  /** Given back when the request is over: its answer has been read, or its client is gone. */
  private Room.Share share(Request request) {
    Room.Share share = room.new Share();
    Request.addCompletionListener(request, failure -> share.close());
    return share;
  }

  int answerBytes() {
    return limits.answerBytes();
  }

  @Override
  public void close() {
    small.close();
    large.close();
    clock.shutdownNow();
  }
}
