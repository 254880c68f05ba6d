package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.pooling.Pool;
import ai.djl.nn.recurrent.LSTM;
import ai.djl.util.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lapidary.exporter.graph.ModelFile;
import lapidary.exporter.onnx.Onnx.ModelProto;
import lapidary.models.Output;
import lapidary.models.TensorInput;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The bytes of exported graphs, so that a refactoring that changes them is seen. Metadata are left out: parity, which differs between
 * processors, is among them.
 */
final class GoldenBytesTest {
  private static final Map<String, String> DIGESTS = Map.ofEntries(
      Map.entry("linear FP32", "508b3ec39563c669afbd549a706c57ed2836eea060e34a022d1d8a13e8513f72"),
      Map.entry("linear FP16", "9ee16f12defcb620a1fcc4ae38370bb0d6e62d149783612f392a735e535f07f1"),
      Map.entry(
          "linear BESIDE", "85f475154905b978c5f6aa848207ecb6f48dae16ee651da2d04969e2b305657a"),
      Map.entry(
          "convolution FP32", "a0d4cc33e25eb9c6fede58b83e9ec263cf9aa1f5615a909ff39f34ba2e574d25"),
      Map.entry(
          "convolution FP16", "9ff8cd7af70d111977bae9f0d15a441b0a27738e95475eb2d8114c5c0c46d0b0"),
      Map.entry(
          "convolution BESIDE", "fb8fdae0ceaaf22a25dc0ac95bde8e4f0b9379d396025c0d8a9c077f0db2d4b2"),
      Map.entry("lstm FP32", "a9938f3488434cade868d6b48c735ede931623095411eba9452642adcd904428"),
      Map.entry("lstm FP16", "871dfca8a9c8f2469a9d4fac35683fce09e77c3539c258e61b6f15959cfc5adb"),
      Map.entry("lstm BESIDE", "79145443bf18ed4a2c3d262663b318b9ce00efc00192f7b3a324305d610a2915"));

  private static final TensorInput FLAT = Fixtures.floats("x", 6);
  private static final TensorInput IMAGE = Fixtures.floats("x", 3, 9, 8);
  private static final TensorInput STEPS = Fixtures.floats("x", 4, 6);

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** How a file is written. */
  private enum Form {
    FP32,
    FP16,
    BESIDE;

    ExportOptions options() {
      ExportOptions options = ExportOptions.defaults();
      return switch (this) {
        case FP32 -> options;
        case FP16 -> options.withPrecision(Precision.FP16);
        case BESIDE -> options.withMostInside(100);
      };
    }
  }

  private Block block(String name) {
    return switch (name) {
      case "linear" -> given(layers(), FLAT);
      case "convolution" -> given(convolutions(), IMAGE);
      default -> given(recurrent(), STEPS);
    };
  }

  private static SequentialBlock layers() {
    return new SequentialBlock()
        .add(Linear.builder().setUnits(24).build())
        .add(Activation.geluBlock())
        .add(Linear.builder().setUnits(3).optBias(false).build());
  }

  private static SequentialBlock convolutions() {
    return new SequentialBlock()
        .add(Conv2d.builder().setFilters(8).setKernelShape(new Shape(3, 2)).build())
        .add(BatchNorm.builder().build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2)))
        .add(new LambdaBlock(
            list -> new NDList(list.head().reshape(-1, 8 * 3 * 3).softmax(1))));
  }

  private static SequentialBlock recurrent() {
    return new SequentialBlock()
        .add(LSTM.builder().setStateSize(8).setNumLayers(2).optBatchFirst(true).build())
        .add(LambdaBlock.singleton(x -> x.get(":,-1")))
        .add(Linear.builder().setUnits(2).build());
  }

  /** Weights of a formula: the engine's generators are not asked for anything. */
  private Block given(Block block, TensorInput input) {
    block.initialize(
        engine.manager(), DataType.FLOAT32, new Shape(1).addAll(new Shape(input.shape())));
    for (Pair<String, Parameter> each : block.getParameters()) {
      NDArray array = each.getValue().getArray();
      boolean positive = each.getValue().getType() == Parameter.Type.RUNNING_VAR
          || each.getValue().getType() == Parameter.Type.GAMMA;
      array.set(numbers((int) array.size(), positive ? 16 : 0));
    }
    return block;
  }

  /** Of (−9 … 9 + shift) / 16, which 16 bits hold as well. */
  private static float[] numbers(int count, int shift) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (i * 37 % 19 - 9 + shift) / 16f;
    }
    return numbers;
  }

  private String digest(String name, Form form) {
    TensorInput input =
        Map.of("linear", FLAT, "convolution", IMAGE, "lstm", STEPS).get(name);
    Path file = folder.resolve("golden.onnx");
    OnnxExporter.export(
        block(name),
        Fixtures.description(List.of(input), List.of(Output.of("y", 0))),
        file,
        form.options(),
        ParityRows.random(3));
    return digest(file);
  }

  /** Of the graph without its metadata, and of the weights beside it. */
  private String digest(Path file) {
    try (Stream<Path> files = Files.list(folder)) {
      ModelProto graph = ModelFile.read(file).toBuilder().clearMetadataProps().build();
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(graph.toByteArray());
      for (Path beside :
          files.filter(other -> other.toString().endsWith(".data")).sorted().toList()) {
        digest.update(Files.readAllBytes(beside));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @TestFactory
  Stream<DynamicTest> exportsHaveTheBytesThatTheyHad() {
    return Stream.of("linear", "convolution", "lstm")
        .flatMap(name -> Stream.of(Form.values())
            .map(form -> DynamicTest.dynamicTest(name + " " + form, () -> holds(name, form))));
  }

  private void holds(String name, Form form) {
    assertThat(digest(name, form))
        .as(
            "the graph of %s as %s has other bytes than before: if that is meant, put this digest into DIGESTS"
                + " and say why in CHANGELOG.md, since files of one network then differ between versions",
            name, form)
        .isEqualTo(DIGESTS.get(name + " " + form));
  }

  @Test
  void weightsBesideAreAmongThem() throws IOException {
    digest("lstm", Form.BESIDE);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void anotherWeightIsAnotherDigest() {
    Block block = block("linear");
    block.getParameters().valueAt(0).getArray().set(numbers(144, 1));
    Path file = folder.resolve("golden.onnx");
    OnnxExporter.export(
        block,
        Fixtures.description(List.of(FLAT), List.of(Output.of("y", 0))),
        file,
        ExportOptions.defaults(),
        ParityRows.random(3));
    assertThat(digest(file)).isNotEqualTo(DIGESTS.get("linear FP32"));
  }
}
