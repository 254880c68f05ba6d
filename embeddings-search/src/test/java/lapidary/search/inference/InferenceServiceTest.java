package lapidary.search.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import lapidary.models.InvalidInputException;
import lapidary.runtime.Tensor;
import lapidary.runtime.serving.registry.NotReadyException;
import lapidary.search.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class InferenceServiceTest {
  @TempDir
  Path folder;

  private TinyRegistry models;
  private InferenceService service;

  @BeforeEach
  void open() throws IOException {
    models = TinyRegistry.over(folder);
    service = models.service();
  }

  @AfterEach
  void close() {
    models.close();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static String hex(ByteBuffer raw) {
    byte[] bytes = new byte[raw.remaining()];
    raw.get(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private static InputTensor floats(String name, float[] values, long... shape) {
    return new InputTensor(name, Datatype.FP32, Tensor.floats(values, shape));
  }

  private InferenceAnswer run(String model, InputTensor... inputs) {
    return service.infer(InferenceRequest.of(ModelReference.of(model), List.of(inputs)));
  }

  private InferenceAnswer asked(String model, InputTensor input, RequestedOutput output) {
    return service.infer(new InferenceRequest(
        ModelReference.of(model), "", Parameters.NONE, List.of(input), List.of(output)));
  }

  /** Bits as numpy and {@code struct} write them; BYTES are "a" and "ü€". */
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
    "FP32, 0000c03fffff7f7f",
    "FP64, 000000000000f83f9a9999999999b9bf",
    "BF16, 49407f7f",
    "BYTES, 010000006105000000c3bce282ac"
  })
  void everyDatatypeComesOutAsItWentIn(Datatype datatype, String hex) {
    models.with("same", 1, TinyModel.identity(datatype));
    InferenceAnswer answer =
        run("same", InputTensor.raw("x", datatype, new long[] {1, 2}, bytes(hex)));
    OutputTensor y = answer.outputs().get(0);
    assertThat(y.name() + " " + y.datatype()).isEqualTo("y " + datatype);
    assertThat(y.values().shape()).containsExactly(1, 2);
    assertThat(hex(y.raw())).isEqualTo(hex);
    TensorMetadata x = service.metadata(ModelReference.of("same")).inputs().get(0);
    assertThat(x).isEqualTo(new TensorMetadata("x", datatype.name(), List.of(-1L, 2L)));
  }

  @Test
  void anAnswerTellsWhichModelAnsweredWhichRequest() {
    models.with("plus", 2, TinyModel.add(2)).with("plus", 7, TinyModel.add(7));
    InputTensor x = floats("x", new float[3], 1, 3);
    InferenceAnswer newest = service.infer(new InferenceRequest(
        ModelReference.of("plus"), "call 9", Parameters.NONE, List.of(x), List.of()));
    assertThat(newest.model() + " " + newest.version() + " " + newest.id())
        .isEqualTo("plus 7 call 9");
    InferenceAnswer second =
        service.infer(InferenceRequest.of(ModelReference.of("plus", "2"), List.of(x)));
    assertThat(second.outputs().get(0).values().floats()).containsOnly(2);
    assertThat(service.metadata(ModelReference.of("plus")).versions()).containsExactly("2", "7");
    assertThat(service.metadata(ModelReference.of("plus", "2")).versions()).containsExactly("2");
  }

  @Test
  void aRowThatIsHandedInGetsTheSameAnswer() {
    models.with("sides", 1, TinyModel.classifier());
    InferenceRequest row = new InferenceRequest(
        ModelReference.of("sides"),
        "call 9",
        Parameters.NONE,
        List.of(floats("x", new float[] {.1f, 2.5f, 1e-7f}, 1, 3)),
        List.of(new RequestedOutput("logits", 2)));
    InferenceAnswer answer = service.submit(row).orElseThrow().join();
    assertThat(answer.model() + " " + answer.version() + " " + answer.id())
        .isEqualTo("sides 1 call 9");
    assertThat(answer.outputs().get(0).values().strings())
        .containsExactly("2.500000:1:middle", "0.100000:0:left");
    assertThat(service.submit(InferenceRequest.of(
            ModelReference.of("sides"), List.of(floats("x", new float[6], 2, 3)))))
        .as("two rows are run by themselves")
        .isEmpty();
    assertThatThrownBy(
            () -> service.submit(InferenceRequest.of(ModelReference.of("sides"), List.of())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs input \"x\"");
    // No lease is kept: an unloaded model ends.
    service.unload("sides");
    models.awaitUnloaded();
  }

  @Test
  void outputsComeInTheOrderAskedForAndElseInThatOfTheFile() {
    models.with("sums", 1, TinyModel.sums());
    List<InputTensor> inputs =
        List.of(floats("b", new float[] {1, 2}, 2), floats("a", new float[] {5, 5}, 2));
    InferenceAnswer all = service.infer(InferenceRequest.of(ModelReference.of("sums"), inputs));
    assertThat(all.outputs()).extracting(OutputTensor::name).containsExactly("sum", "difference");
    InferenceAnswer some = service.infer(new InferenceRequest(
        ModelReference.of("sums"),
        "",
        Parameters.NONE,
        inputs,
        List.of(new RequestedOutput("difference", 0), new RequestedOutput("sum", 0))));
    assertThat(some.outputs()).extracting(OutputTensor::name).containsExactly("difference", "sum");
    assertThat(some.outputs().get(0).values().floats()).containsExactly(4, 3);
    assertThat(some.outputs().get(1).values().floats()).containsExactly(6, 7);
  }

  @Test
  void inputsThatDoNotFitAreToldInTheProtocolsWords() {
    models.with("plus", 1, TinyModel.add(1));
    InputTensor x = floats("x", new float[3], 1, 3);
    assertRefused(
        "model \"plus\" takes input \"x\" as FP32 [-1, 3], not FP32 [3]",
        floats("x", new float[3], 3));
    assertRefused(
        "takes input \"x\" as FP32 [-1, 3], not FP32 [1, 2]", floats("x", new float[2], 1, 2));
    assertRefused(
        "takes input \"x\" as FP32 [-1, 3], not FP64 [1, 3]",
        new InputTensor("x", Datatype.FP64, Tensor.doubles(new double[3], 1, 3)));
    assertRefused("takes input \"x\" as FP32 [-1, 3], not BF16 [1, 3]", bf16());
    assertRefused("needs input \"x\", FP32 [-1, 3], which is missing");
    assertRefused("input \"x\" is there twice", x, x);
    assertRefused(
        "has no input \"X\", did you mean \"x\"? it has [x]", floats("X", new float[3], 3));
    assertThatThrownBy(() -> asked("plus", x, new RequestedOutput("z", 0)))
        .hasMessageContaining("has no output \"z\"")
        .hasMessageContaining("it has [y]");
    assertThatThrownBy(() -> service.infer(new InferenceRequest(
            ModelReference.of("plus"),
            "",
            Parameters.of(Map.of("sequence_id", 5L)),
            List.of(x),
            List.of())))
        .hasMessageContaining("part of a sequence");
    assertThat(run("plus", x).outputs()).hasSize(1);
  }

  private static InputTensor bf16() {
    return InputTensor.raw("x", Datatype.BF16, new long[] {1, 3}, ByteBuffer.allocate(6));
  }

  private void assertRefused(String sentence, InputTensor... inputs) {
    assertThatThrownBy(() -> run("plus", inputs))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(sentence)
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void rawBytesThatDoNotFillTheirShapeAreRefused() {
    assertThatThrownBy(() -> raw(Datatype.FP32, "000000", 1))
        .hasMessageContaining("input \"x\" has 3 raw bytes, and FP32 [1] wants 4");
    assertThatThrownBy(() -> raw(Datatype.FP32, "", -1))
        .hasMessageContaining("dimensions are 0 or more");
    assertThatThrownBy(() -> raw(Datatype.UINT8, "", 1 << 20, 1 << 20))
        .hasMessageContaining("at most 2^31-1 values");
    assertThatThrownBy(() -> raw(Datatype.BYTES, "0000000061", 1))
        .hasMessageContaining("its raw bytes are not 1 texts");
    assertThatThrownBy(() -> raw(Datatype.BYTES, "ffffff7f61", 1))
        .hasMessageContaining("its raw bytes are not 1 texts");
    assertThatThrownBy(() -> raw(Datatype.BYTES, "", Integer.MAX_VALUE))
        .hasMessageContaining("its raw bytes are not 2147483647 texts");
    assertThatThrownBy(() -> raw(Datatype.BYTES, "01000000ff", 1))
        .hasMessageContaining("element 0 is not text in UTF-8");
  }

  private static InputTensor raw(Datatype datatype, String hex, long... shape) {
    return InputTensor.raw("x", datatype, shape, bytes(hex));
  }

  /** Values as C's {@code printf("%f")} writes them, in Triton's form. */
  @Test
  void classesAreToldAsTritonTellsThem() {
    models.with("sides", 1, TinyModel.classifier());
    InputTensor rows = floats("x", new float[] {.1f, 2.5f, 1e-7f, 3, Float.NaN, 3}, 2, 3);
    OutputTensor best =
        asked("sides", rows, new RequestedOutput("logits", 2)).outputs().get(0);
    assertThat(best.datatype()).isEqualTo(Datatype.BYTES);
    assertThat(best.values().shape()).containsExactly(2, 2);
    assertThat(best.values().strings())
        .containsExactly(
            "2.500000:1:middle", "0.100000:0:left", "3.000000:0:left", "3.000000:2:right");
    OutputTensor all =
        asked("sides", rows, new RequestedOutput("logits", 10)).outputs().get(0);
    assertThat(all.values().shape()).containsExactly(2, 3);
    assertThat(all.values().strings()).endsWith("nan:1:middle").contains("0.000000:2:right");
  }

  /** 2.0000005 is 2.00000047… as a float, and is not rounded up from its shortest digits. */
  @Test
  void classesWithoutLabelsHaveNone() {
    models.with("same", 1, TinyModel.identity(Datatype.FP32));
    InputTensor row = floats("x", new float[] {-1e-9f, 2.0000005f}, 1, 2);
    assertThat(asked("same", row, new RequestedOutput("y", 2))
            .outputs()
            .get(0)
            .values()
            .strings())
        .containsExactly("2.000000:1", "-0.000000:0");
    models.with("whole", 1, TinyModel.identity(Datatype.UINT64));
    InputTensor large = raw(Datatype.UINT64, "0100000000000000ffffffffffffffff", 1, 2);
    assertThat(asked("whole", large, new RequestedOutput("y", 1))
            .outputs()
            .get(0)
            .values()
            .strings())
        .containsExactly("18446744073709551615:1");
    models.with("texts", 1, TinyModel.identity(Datatype.BYTES));
    InputTensor texts = raw(Datatype.BYTES, "0000000000000000", 1, 2);
    assertThatThrownBy(() -> asked("texts", texts, new RequestedOutput("y", 1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("output \"y\" is BYTES, which has no greatest values");
  }

  @Test
  void whatIsNotThereIsToldFromWhatMakesNoSense() {
    models.with("plus", 1, TinyModel.add(1));
    assertThatThrownBy(() -> service.metadata(ModelReference.of("plsu")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("did you mean \"plus\"?");
    assertThatThrownBy(() -> service.ready(ModelReference.of("plus", "3")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("plus has no version 3; it has [1]");
    assertThatThrownBy(() -> service.statistics(ModelReference.of("none")))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> service.metadata(ModelReference.of("m".repeat(1_000_000))))
        .isInstanceOf(NotFoundException.class)
        .message()
        .hasSizeLessThan(300);
    assertThatThrownBy(() -> ModelReference.of("plus", "latest"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("version \"latest\" of model \"plus\" is not a number");
    assertThatThrownBy(() -> service.load("none")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> service.unload("none")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void aModelThatIsBeingOpenedIsNotReady() {
    models.with("plus", 1, TinyModel.add(1));
    CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
    assertThat(service.ready()).isFalse();
    assertThat(service.ready(ModelReference.of("late"))).isFalse();
    assertThat(service.ready(ModelReference.of("plus"))).isTrue();
    assertThat(service.index())
        .extracting(IndexEntry::state)
        .containsExactly(IndexEntry.State.LOADING, IndexEntry.State.READY);
    assertThatThrownBy(() -> run("late"))
        .isInstanceOf(NotReadyException.class)
        .hasMessageContaining("model \"late\", is not ready: it is being loaded");
    models.letOpen();
    opening.join();
    assertThat(service.ready()).isTrue();
    assertThat(service.ready(ModelReference.of("late", "1"))).isTrue();
  }

  @Test
  void whatComesLaterDoesNotTakeReadinessBack() {
    models.with("plus", 1, TinyModel.add(1));
    assertThat(service.ready()).isTrue();
    CompletableFuture<Void> opening = models.opening("late", TinyModel.add(2));
    assertThat(service.ready()).isTrue();
    models.letOpen();
    opening.join();
  }

  @Test
  void aRefusedFileIsToldWithoutItsPlace() throws IOException {
    Files.createDirectories(folder.resolve("bad/1"));
    Files.write(folder.resolve("bad/1/model.onnx"), new byte[] {1, 2, 3});
    models.registry().look();
    IndexEntry bad = service.index().get(0);
    assertThat(bad.state()).isEqualTo(IndexEntry.State.UNAVAILABLE);
    assertThat(bad.reason()).contains("model.onnx").doesNotContain(folder.toString());
    assertThat(service.ready()).as("others are served").isTrue();
    assertThatThrownBy(() -> run("bad"))
        .isInstanceOf(NotReadyException.class)
        .hasMessageNotContaining(folder.toString());
    assertThatThrownBy(() -> service.load("bad"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model \"bad\", version 1, cannot be loaded")
        .hasMessageNotContaining(folder.toString());
  }

  @Test
  void whatIsUnloadedCanBeLoadedAgain() throws IOException {
    models.with("plus", 1, TinyModel.add(1));
    service.unload("plus");
    assertThatThrownBy(() -> run("plus")).isInstanceOf(NotFoundException.class);
    models.awaitUnloaded();
    assertThat(service.index())
        .containsExactly(new IndexEntry("plus", "1", IndexEntry.State.UNAVAILABLE, "unloaded"));
    service.load("plus");
    assertThat(service.index())
        .containsExactly(new IndexEntry("plus", "1", IndexEntry.State.READY, ""));
    service.unload("plus");
    models.awaitUnloaded();
    Files.delete(models.file("plus", 1));
    assertThat(service.index()).as("there is nothing to load").isEmpty();
  }

  @Test
  void statisticsCountWhatWasDone() {
    models.with("plus", 1, TinyModel.add(1));
    run("plus", floats("x", new float[3], 1, 3));
    run("plus", floats("x", new float[12], 4, 3));
    run("plus", floats("x", new float[12], 4, 3));
    VersionStatistics done = service.statistics(ModelReference.of("plus")).get(0);
    assertThat(done.inferenceCount()).isEqualTo(9);
    assertThat(done.executionCount()).isEqualTo(3);
    assertThat(done.requests().success().count()).isEqualTo(3);
    assertThat(done.requests().success().nanos()).isPositive();
    assertThat(done.requests().fail().count()).isZero();
    assertThat(done.batches()).extracting(VersionStatistics.Batch::size).containsExactly(1, 4);
    assertThat(done.batches().get(1).compute().count()).isEqualTo(2);
    assertThat(done.lastInference()).isCloseTo(System.currentTimeMillis(), within());
    assertThat(service.statistics()).hasSize(1);
  }

  private static org.assertj.core.data.Offset<Long> within() {
    return org.assertj.core.data.Offset.offset(600_000L);
  }

  @Test
  void aServerTellsWhatItSpeaks() {
    assertThat(service.server().name()).isEqualTo("lapidary");
    assertThat(service.server().extensions())
        .contains("binary_tensor_data", "classification", "model_repository", "statistics");
    models.with("same", 1, TinyModel.identity(Datatype.BYTES));
    ModelConfiguration configuration = service.configuration(ModelReference.of("same"));
    assertThat(configuration.maxBatchSize()).isZero();
    assertThat(configuration.backend() + " " + configuration.platform())
        .isEqualTo("onnxruntime onnxruntime_onnx");
    assertThat(ModelConfiguration.typeName(configuration.inputs().get(0).datatype()))
        .isEqualTo("TYPE_STRING");
  }

  /** The control: bytes in another order are other values. */
  @Test
  void rawValuesAreLittleEndian() {
    ByteBuffer one = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(0, 1);
    assertThat(
            InputTensor.raw("x", Datatype.INT32, new long[] {1}, one).values().ints())
        .containsExactly(1);
  }
}
