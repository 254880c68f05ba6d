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
      Map.entry("linear FP32", "e93f6bbd81925b43cc5aa90eaf9417e1ae97bd350747d4822b4a1e705d8e8e77"),
      Map.entry("linear FP16", "30e6a526862df00acbab9c95e8186466dde109cbdf6522cb26b07f2fb6e9b300"),
      Map.entry(
          "linear BESIDE", "a50057e45d504f1ea262980bc3bf72070f81edb868f439894f739eb194bc7549"),
      Map.entry(
          "convolution FP32", "f70ba0011cbe9fe8464b4305aa4e98f69de04b4b1a134aa2ba82e0723032df1a"),
      Map.entry(
          "convolution FP16", "99f1d14405d5030ed5cdfada9dfb2b914e5ddd44a540962ee0afc4909566124c"),
      Map.entry(
          "convolution BESIDE", "6315b64309b4143b12a1dff27a71c145da1604519dfddd0217c13f4c9946d921"),
      Map.entry("lstm FP32", "7cea06a37b3fb77e806bb21969b6da9d812ba8c798fb21353ecbe6611459f18a"),
      Map.entry("lstm FP16", "0ac4fe874f4fde7ead536ba6682d7dc0faae439530782c3922ceae410a3beffa"),
      Map.entry("lstm BESIDE", "494c1770c1a24398df19351e4f4e66f4af4d42d8ca689cbaf7d6bf5c145b7f11"));

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
