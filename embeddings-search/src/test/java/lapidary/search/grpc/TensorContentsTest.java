package lapidary.search.grpc;

import static lapidary.search.grpc.Asked.input;
import static lapidary.search.grpc.Asked.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import lapidary.search.grpc.protocol.InferTensorContents;
import lapidary.search.grpc.protocol.ModelInferResponse;
import lapidary.search.inference.Datatype;
import lapidary.search.inference.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tensors of each datatype as calls carry them, raw and typed. */
final class TensorContentsTest extends TinyServed {
  /** Bits as numpy writes them. */
  @ParameterizedTest
  @CsvSource({
    "BOOL, 0001",
    "UINT8, 80ff",
    "UINT16, 0080ffff",
    "UINT32, 00000080ffffffff",
    "UINT64, 0000000000000080ffffffffffffffff",
    "INT8, 807f",
    "INT16, 0080ff7f",
    "INT32, 00000080ffffff7f",
    "INT64, 0000000000000080ffffffffffffff7f",
    "FP16, ff7b0100",
    "FP32, 0000c03f0000c07f",
    "FP64, 000000000000f83f9a9999999999b9bf",
    "BF16, 49407f7f",
    "BYTES, 010000006105000000c3bce282ac"
  })
  void rawContentsComeOutRaw(Datatype datatype, String hex) {
    tiny.models.with("same", 1, TinyModel.identity(datatype));
    ByteString raw = ByteString.fromHex(hex);
    ModelInferResponse answer =
        tiny.infer(request("same", input(datatype.name(), 1, 2)).addRawInputContents(raw));
    assertThat(answer.getModelName() + " " + answer.getModelVersion()).isEqualTo("same 1");
    assertThat(answer.getOutputs(0).getDatatype()).isEqualTo(datatype.name());
    assertThat(answer.getOutputs(0).getShapeList()).containsExactly(1L, 2L);
    assertThat(answer.getOutputs(0).hasContents()).isFalse();
    assertThat(answer.getRawOutputContentsList()).containsExactly(raw);
  }

  @ParameterizedTest
  @EnumSource(
      value = Datatype.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"FP16", "BF16"})
  void typedContentsComeOutTyped(Datatype datatype) {
    tiny.models.with("same", 1, TinyModel.identity(datatype));
    InferTensorContents contents = extremes(datatype);
    ModelInferResponse answer =
        tiny.infer(request("same", input(datatype.name(), 1, 2).setContents(contents)));
    assertThat(answer.getRawOutputContentsCount()).isZero();
    assertThat(answer.getOutputs(0).getContents()).isEqualTo(contents);
  }

  private static InferTensorContents extremes(Datatype datatype) {
    InferTensorContents.Builder contents = InferTensorContents.newBuilder();
    switch (datatype) {
      case BOOL -> contents.addBoolContents(false).addBoolContents(true);
      case UINT8 -> contents.addUintContents(0).addUintContents(255);
      case UINT16 -> contents.addUintContents(0).addUintContents(65_535);
      case UINT32 -> contents.addUintContents(1).addUintContents(-1);
      case UINT64 -> contents.addUint64Contents(1).addUint64Contents(-1);
      case INT8 -> contents.addIntContents(-128).addIntContents(127);
      case INT16 -> contents.addIntContents(-32_768).addIntContents(32_767);
      case INT32 -> contents.addIntContents(Integer.MIN_VALUE).addIntContents(Integer.MAX_VALUE);
      case INT64 -> contents.addInt64Contents(Long.MIN_VALUE).addInt64Contents(Long.MAX_VALUE);
      case FP32 -> contents.addFp32Contents(.1f).addFp32Contents(Float.NaN);
      case FP64 -> contents.addFp64Contents(.1).addFp64Contents(Double.NEGATIVE_INFINITY);
      case BYTES ->
        contents.addBytesContents(ByteString.EMPTY).addBytesContents(ByteString.copyFromUtf8("ü€"));
      case FP16, BF16 -> throw new IllegalArgumentException();
    }
    return contents.build();
  }

  @ParameterizedTest
  @CsvSource({
    "UINT8, 256, value 0 is 256",
    "UINT16, 65536, value 0 is 65536",
    "UINT8, -1, value 0 is 4294967295"
  })
  void valuesOutsideTheirDatatypeAreRefused(Datatype datatype, int value, String sentence) {
    InferTensorContents contents =
        InferTensorContents.newBuilder().addUintContents(value).build();
    tiny.assertRefused(
        Status.Code.INVALID_ARGUMENT,
        sentence,
        request("plus", input(datatype.name(), 1).setContents(contents)));
  }

  /** The control: the raw bytes of these tests are little-endian. */
  @Test
  void rawContentsAreLittleEndian() {
    ByteString half =
        ByteString.copyFrom(ByteBuffer.wrap(HexFormat.of().parseHex("0000003f".repeat(3))));
    ModelInferResponse answer =
        tiny.infer(request("plus", input("FP32", 1, 3)).addRawInputContents(half));
    assertThat(HexFormat.of().formatHex(answer.getRawOutputContents(0).toByteArray()))
        .as("1.5")
        .isEqualTo("0000c03f".repeat(3));
  }
}
