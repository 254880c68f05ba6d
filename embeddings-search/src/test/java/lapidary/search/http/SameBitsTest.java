package lapidary.search.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lapidary.search.grpc.GrpcOptions;
import lapidary.search.grpc.GrpcServer;
import lapidary.search.grpc.protocol.GRPCInferenceServiceGrpc;
import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelInferRequest;
import lapidary.search.grpc.protocol.ModelInferRequest.InferInputTensor;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.inference.TinyModel;
import lapidary.search.inference.TinyRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One model, one input, four ways to send it: JSON, raw over HTTP, raw and typed over gRPC. */
final class SameBitsTest {
  private static final int ROWS = 400;
  private static final int COUNT = ROWS * 3;

  @TempDir
  Path folder;

  private final float[] values = values();

  /** Any finite bits: the smallest and the largest exponents among them. */
  private static float[] values() {
    Random random = new Random(17);
    float[] values = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      float any = Float.intBitsToFloat(random.nextInt());
      values[i] = Float.isFinite(any) ? any : i;
    }
    return values;
  }

  @Test
  void allFormsGiveTheSameBits() throws Exception {
    try (TinyRegistry models = TinyRegistry.over(folder).with("plus", 1, TinyModel.add(.1f));
        SearchServer http = SearchServer.start(
            List.of(Feature.inference(models.service())), ServerOptions.loopback(0));
        GrpcServer grpc = GrpcServer.start(models.service(), GrpcOptions.loopback(0))) {
      ModelClient client = new ModelClient(http, models.service());
      int[] expected = IntStream.range(0, COUNT).map(i -> bits(values[i] + .1f)).toArray();
      assertThat(json(client)).isEqualTo(expected);
      assertThat(raw(client)).isEqualTo(expected);
      assertThat(grpc(grpc, true)).isEqualTo(expected);
      assertThat(grpc(grpc, false)).isEqualTo(expected);
    }
  }

  private static int bits(float value) {
    return Float.floatToRawIntBits(value);
  }

  private static String input(String content) {
    return "{\"name\":\"x\",\"shape\":[" + ROWS + ",3],\"datatype\":\"FP32\"," + content + "}";
  }

  private int[] json(ModelClient client) throws Exception {
    String data = IntStream.range(0, COUNT)
        .mapToObj(i -> Float.toString(values[i]))
        .collect(Collectors.joining(",", "\"data\":[", "]"));
    JsonNode answer = client
        .post("/v2/models/plus/infer", "{\"inputs\":[" + input(data) + "]}")
        .json()
        .at("/outputs/0/data");
    return IntStream.range(0, COUNT)
        .map(i -> bits(Float.parseFloat(answer.get(i).asText())))
        .toArray();
  }

  private byte[] bytes() {
    ByteBuffer bytes = ByteBuffer.allocate(4 * COUNT).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static int[] ints(byte[] bytes) {
    int[] ints = new int[COUNT];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(ints);
    return ints;
  }

  private int[] raw(ModelClient client) throws Exception {
    String json = "{\"parameters\":{\"binary_data_output\":true},\"inputs\":["
        + input("\"parameters\":{\"binary_data_size\":" + 4 * COUNT + "}") + "]}";
    String hex = HexFormat.of().formatHex(bytes());
    return ints(HexFormat.of()
        .parseHex(client.binary("/v2/models/plus/infer", json, hex).raw()));
  }

  private int[] grpc(GrpcServer server, boolean raw) {
    ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port())
        .usePlaintext()
        .build();
    try {
      ModelInferResponse answer = GRPCInferenceServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(60, TimeUnit.SECONDS)
          .modelInfer(request(raw));
      return raw
          ? ints(answer.getRawOutputContents(0).toByteArray())
          : answer.getOutputs(0).getContents().getFp32ContentsList().stream()
              .mapToInt(SameBitsTest::bits)
              .toArray();
    } finally {
      channel.shutdownNow();
    }
  }

  private ModelInferRequest request(boolean raw) {
    InferInputTensor.Builder input = InferInputTensor.newBuilder()
        .setName("x")
        .setDatatype("FP32")
        .addShape(ROWS)
        .addShape(3);
    ModelInferRequest.Builder request = ModelInferRequest.newBuilder().setModelName("plus");
    if (raw) {
      request.addRawInputContents(ByteString.copyFrom(bytes()));
    } else {
      InferTensorContents.Builder contents = InferTensorContents.newBuilder();
      for (float value : values) {
        contents.addFp32Contents(value);
      }
      input.setContents(contents);
    }
    return request.addInputs(input).build();
  }
}
