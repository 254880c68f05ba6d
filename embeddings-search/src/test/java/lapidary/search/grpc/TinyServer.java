package lapidary.search.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;

/** A server of the model {@code plus}, which adds one, and a client of it. */
final class TinyServer implements AutoCloseable {
  final TinyRegistry models;
  final GrpcServer server;
  final GrpcClient client;
  private final Path folder;

  private TinyServer(Path folder) throws IOException {
    this.folder = folder;
    models = TinyRegistry.over(folder).with("plus", 1, TinyModel.add(1));
    server = GrpcServer.start(models.service(), GrpcOptions.loopback(0));
    client = new GrpcClient(server.port());
  }

  static TinyServer over(Path folder) throws IOException {
    return new TinyServer(folder);
  }

  ModelInferResponse infer(ModelInferRequest.Builder request) {
    return client.calls().modelInfer(request.build());
  }

  void assertRefused(Status.Code code, String sentence, ModelInferRequest.Builder request) {
    Status status = GrpcClient.refusal(() -> infer(request));
    assertThat(status.getCode()).isEqualTo(code);
    assertThat(status.getDescription()).contains(sentence).doesNotContain(folder.toString());
  }

  @Override
  public void close() {
    client.close();
    server.close();
    models.close();
  }
}
