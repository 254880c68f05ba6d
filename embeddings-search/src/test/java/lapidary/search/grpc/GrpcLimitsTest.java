package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.search.access.Access;
import lapidary.search.access.Tokens;
import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;
import lapidary.search.grpc.protocol.RepositoryModelLoadRequest;
import lapidary.search.grpc.protocol.RepositoryModelLoadResponse;
import lapidary.search.grpc.protocol.RepositoryModelUnloadRequest;
import lapidary.search.grpc.protocol.ServerLiveRequest;
import lapidary.search.grpc.protocol.ServerMetadataRequest;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server does not take, and what becomes of the rest. */
final class GrpcLimitsTest {
  private static final Duration LONG = Duration.ofSeconds(40);
  private static final String READER = "reader-token-0123456789";
  private static final String ADMIN = "admin-token-0123456789";

  @TempDir
  Path folder;

  private final List<String> audit = new CopyOnWriteArrayList<>();
  private TinyRegistry models;

  @BeforeEach
  void open() throws IOException {
    models = TinyRegistry.over(folder.resolve("models")).with("plus", 1, TinyModel.add(1));
  }

  @AfterEach
  void close() {
    models.close();
  }

  private GrpcServer serve(GrpcLimits limits, Access access) {
    return GrpcServer.start(
        models.service(),
        new GrpcOptions("127.0.0.1", 0, access, limits),
        Optional.empty(),
        new CallAudit(audit::add));
  }

  /** One worker and one place to wait. */
  private GrpcServer narrow() {
    return serve(new GrpcLimits(64 << 10, 1, 1, 128 << 10, LONG, LONG), new Access.Loopback());
  }

  private static ModelInferRequest plus(int rows) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    for (int i = 0; i < rows * 3; i++) {
      contents.addFp32Contents(i);
    }
    return ModelInferRequest.newBuilder()
        .setModelName("plus")
        .addInputs(InferInputTensor.newBuilder()
            .setName("x")
            .setDatatype("FP32")
            .addShape(rows)
            .addShape(3)
            .setContents(contents))
        .build();
  }

  private static RepositoryModelLoadRequest load(String model) {
    return RepositoryModelLoadRequest.newBuilder().setModelName(model).build();
  }

  /** Loading waits for what is being opened, so these calls take all places until it is let go on. */
  @Test
  void aCallTooManyIsRefusedAtOnceAndTheOthersAreAnswered() throws Exception {
    try (GrpcServer server = narrow();
        GrpcClient client = new GrpcClient(server.port())) {
      CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
      List<ListenableFuture<RepositoryModelLoadResponse>> loads = new ArrayList<>();
      loads.add(client.futures().repositoryModelLoad(load("late")));
      loads.add(client.futures().repositoryModelLoad(load("late")));
      Status full = busy(client);
      assertThat(full.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(full.getDescription()).contains("as much work as it takes");
      assertThat(
              client.calls().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
          .as("what needs no place")
          .isTrue();
      models.letOpen();
      opening.join();
      for (ListenableFuture<RepositoryModelLoadResponse> load : loads) {
        load.get(50, TimeUnit.SECONDS);
      }
      assertThat(client.calls().modelInfer(plus(1)).getOutputsCount()).isEqualTo(1);
    }
  }

  /** The first refusal; the calls that take the places are on their way for a moment. */
  private static Status busy(GrpcClient client) {
    long end = System.nanoTime() + LONG.toNanos();
    while (System.nanoTime() < end) {
      try {
        // Answered at once while there is a place, or after the deadline behind a load.
        client.calls().withDeadlineAfter(200, TimeUnit.MILLISECONDS).modelInfer(plus(1));
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
          return e.getStatus();
        }
      }
    }
    throw new AssertionError("nothing was refused");
  }

  @Test
  void workWhoseDeadlineHasPassedIsNotBegun() throws Exception {
    try (GrpcServer server = narrow();
        GrpcClient client = new GrpcClient(server.port())) {
      CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
      ListenableFuture<RepositoryModelLoadResponse> load =
          client.futures().repositoryModelLoad(load("late"));
      Status late = GrpcClient.refusal(() -> client
          .calls()
          .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
          .repositoryModelUnload(
              RepositoryModelUnloadRequest.newBuilder().setModelName("plus").build()));
      assertThat(late.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      models.letOpen();
      opening.join();
      load.get(50, TimeUnit.SECONDS);
      assertThat(client.calls().modelInfer(plus(1)).getOutputsCount())
          .as("it was never unloaded")
          .isEqualTo(1);
    }
  }

  @Test
  void aMessageTooLongIsRefused() throws Exception {
    try (GrpcServer server = narrow();
        GrpcClient client = new GrpcClient(server.port())) {
      assertThat(client.calls().modelInfer(plus(5_000)).getOutputsCount()).isEqualTo(1);
      Status status = GrpcClient.refusal(() -> client.calls().modelInfer(plus(6_000)));
      assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(client.calls().modelInfer(plus(1)).getOutputsCount()).isEqualTo(1);
    }
  }

  @Test
  void slowMessagesHoldNoPlaceAndAreEnded() throws Exception {
    GrpcLimits limits = new GrpcLimits(64 << 10, 1, 1, 1 << 20, Duration.ofMillis(500), LONG);
    try (GrpcServer server = serve(limits, new Access.Loopback());
        GrpcClient client = new GrpcClient(server.port());
        Trickle trickle = new Trickle(server.port())) {
      for (int i = 0; i < 10; i++) {
        trickle.begin();
      }
      for (int i = 0; i < 20; i++) {
        assertThat(client.calls().modelInfer(plus(1)).getOutputsCount()).isEqualTo(1);
      }
      assertThat(trickle.ended(10)).isTrue();
    }
  }

  /** Bytes that are on their way are bounded together, so that many callers take no more memory than one. */
  @Test
  void messagesOnTheirWayAreBoundedTogether() throws Exception {
    int five = 5 * Trickle.SENT + 1_000;
    GrpcLimits limits = new GrpcLimits(Trickle.ANNOUNCED, 1, 1, five, LONG, LONG);
    try (GrpcServer server = serve(limits, new Access.Loopback());
        Trickle trickle = new Trickle(server.port())) {
      for (int i = 0; i < 10; i++) {
        trickle.begin();
      }
      assertThat(trickle.ended(1)).as("the one that was too much").isTrue();
    }
  }

  @Test
  void callsInFlightAreAnsweredWhenAServerStops() throws Exception {
    GrpcServer server = narrow();
    try (GrpcClient client = new GrpcClient(server.port())) {
      CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
      ListenableFuture<RepositoryModelLoadResponse> load =
          client.futures().repositoryModelLoad(load("late"));
      assertThat(client.calls().modelInfer(plus(1)).getOutputsCount())
          .as("single rows do not wait behind what is loaded")
          .isEqualTo(1);
      Status queued = GrpcClient.refusal(
          () -> client.calls().withDeadlineAfter(300, TimeUnit.MILLISECONDS).modelInfer(plus(2)));
      assertThat(queued.getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
      models.letOpen();
      opening.join();
      load.get(50, TimeUnit.SECONDS);
      closing.get(50, TimeUnit.SECONDS);
    }
    server.close();
  }

  @Test
  void tokensSayWhoMayDoWhat() throws Exception {
    Path tokens = Files.writeString(
        folder.resolve("tokens"), "read eve " + READER + "\nadmin ada " + ADMIN + "\n");
    try (GrpcServer server = serve(GrpcLimits.usual(), new Access.Bearer(Tokens.of(tokens)));
        GrpcClient client = new GrpcClient(server.port())) {
      assertThat(
              client.calls().serverLive(ServerLiveRequest.getDefaultInstance()).getLive())
          .isTrue();
      Status none = GrpcClient.refusal(() -> client.calls().modelInfer(plus(1)));
      assertThat(none.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(none.getDescription()).contains("authorization: Bearer TOKEN");
      Status wrong = GrpcClient.refusal(() -> client
          .calls("wrong-token-0123456789")
          .serverMetadata(ServerMetadataRequest.getDefaultInstance()));
      assertThat(wrong.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(client.calls(READER).modelInfer(plus(1)).getOutputsCount()).isEqualTo(1);
      Status denied =
          GrpcClient.refusal(() -> client.calls(READER).repositoryModelLoad(load("plus")));
      assertThat(denied.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(denied.getDescription()).contains("may ask").contains("change what is served");
      client.calls(ADMIN).repositoryModelLoad(load("plus"));
      assertThat(GrpcClient.refusal(() -> client.calls(ADMIN).repositoryModelLoad(load("none")))
              .getCode())
          .isEqualTo(Status.Code.NOT_FOUND);
    }
    assertThat(audit).hasSize(3).allMatch(line -> !line.contains(READER) && !line.contains(ADMIN));
    assertThat(audit.get(0)).contains("\"who\":\"eve\"", "\"status\":\"PERMISSION_DENIED\"");
    assertThat(audit.get(1))
        .contains("\"who\":\"ada\"", "\"from\":\"127.0.0.1\"", "\"method\":\"GRPC\"")
        .contains("RepositoryModelLoad/plus\"", "\"status\":\"OK\"");
    assertThat(audit.get(2)).contains("RepositoryModelLoad/none\"", "\"status\":\"NOT_FOUND\"");
  }

  @Test
  void otherMachinesAreLetInOnlyIfSomebodySaysWhom() {
    assertThatThrownBy(
            () -> new GrpcOptions("0.0.0.0", 0, new Access.Loopback(), GrpcLimits.usual()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lets other machines in");
    assertThatThrownBy(() -> new GrpcLimits(1 << 20, 1, 1, 1 << 10, LONG, LONG))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("let nothing through");
  }

  @Test
  void aPortThatIsTakenIsTold() {
    try (GrpcServer server = narrow()) {
      GrpcOptions same = GrpcOptions.loopback(server.port());
      assertThatThrownBy(() -> GrpcServer.start(models.service(), same))
          .isInstanceOf(EnvironmentException.class)
          .hasMessageContaining("cannot listen at 127.0.0.1 port " + server.port())
          .hasMessageContaining("choose another port");
    }
  }
}
