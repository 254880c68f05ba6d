package lapidary.exporter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import lapidary.exporter.graph.ExportException;
import lapidary.models.EnvironmentException;
import lapidary.models.ModelDescription;
import lapidary.models.Output;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a user's own code throws while it is traced is an ExportException with its place, and it is run once. */
class FailingForwardTest {
  private static final ModelDescription DESCRIPTION =
      Fixtures.description(List.of(Fixtures.floats("x", 10)), List.of(Output.of("y", 0)));

  private final List<NDArray> seen = new ArrayList<>();
  private boolean armed;

  @RegisterExtension
  final OpenEngine engine = new OpenEngine();

  @TempDir
  private Path folder;

  /** A lambda that is counted, and runs only while the block is exported: DJL runs lambdas to know their shapes, too. */
  private Block nested(UnaryOperator<NDArray> lambda) {
    return Fixtures.nested(
        x -> {
          seen.add(x);
          return armed ? lambda.apply(x) : x;
        },
        engine.manager());
  }

  private Throwable exporting(Block block) {
    seen.clear();
    armed = true;
    try {
      OnnxExporter.export(block, DESCRIPTION, folder.resolve("model.onnx"));
      return null;
    } catch (Throwable e) {
      // AssertJ would let an OutOfMemoryError through, which ends the tests.
      return e;
    } finally {
      armed = false;
    }
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new ClassCastException("class java.lang.Integer cannot be cast to class java.lang.String"),
        new ClassCastException(),
        new NullPointerException(),
        new IllegalArgumentException("mine"),
        new IllegalStateException("mine"),
        new UnsupportedOperationException("mine"),
        new IndexOutOfBoundsException("mine"),
        new ArrayStoreException("mine"),
        new ArithmeticException("/ by zero"),
        new StackOverflowError(),
        new AssertionError("mine"),
        new NoClassDefFoundError("com/example/Mine"),
        new IOException("mine"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void isWrappedWithPathAndLineAndTheForwardRunsOnce(Throwable own) {
    Throwable thrown = exporting(nested(x -> thrown(own)));
    assertThat(thrown).isInstanceOf(ExportException.class).hasCause(own);
    String message = own.getMessage() == null ? "" : ": " + own.getMessage();
    assertThat(thrown.getMessage())
        .startsWith("the forward pass fails in 02SequentialBlock/02LambdaBlock (")
        .contains("FailingForwardTest.java:")
        .contains("): " + own.getClass().getSimpleName() + message + "; run block.forward");
    assertThat(seen).hasSize(1);
    assertThat(folder).isEmptyDirectory();
  }

  /** What a compiler would check; Kotlin's and Lombok's blocks throw checked exceptions like this. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable, R> R thrown(Throwable failure) throws T {
    failure.setStackTrace(new Throwable().getStackTrace());
    throw (T) failure;
  }

  @Test
  void endlessRecursionIsWrappedToo() {
    Throwable thrown = exporting(nested(FailingForwardTest::endless));
    assertThat(thrown)
        .isInstanceOf(ExportException.class)
        .hasCauseInstanceOf(StackOverflowError.class)
        .hasMessageContaining("02SequentialBlock/02LambdaBlock (")
        .hasMessageContaining("FailingForwardTest.java:")
        .hasMessageContaining("StackOverflowError");
    assertThat(seen).hasSize(1);
  }

  @SuppressWarnings("InfiniteRecursion")
  private static NDArray endless(NDArray x) {
    return endless(x);
  }

  @Test
  void whatIsTheMachinesStaysTheMachines() {
    for (Throwable own :
        List.of(new OutOfMemoryError("mine"), new EnvironmentException("no such device"))) {
      assertThat(exporting(nested(x -> thrown(own)))).isSameAs(own);
    }
  }

  @Test
  void aForwardThatWorksIsTracedOnceForEachBatchSizeAndTwiceOnOneRow() {
    assertThat(exporting(nested(NDArray::neg))).isNull();
    assertThat(seen.stream().filter(x -> Proxy.isProxyClass(x.getClass())).map(x -> x.getShape()))
        .containsExactly(new Shape(2, 3), new Shape(3, 3), new Shape(1, 3), new Shape(1, 3));
  }

  @Test
  void aBlockThatInsistsOnItsChildrensClassesIsBegunAgainOnceOnly() {
    List<String> ran = new ArrayList<>();
    Block insisting = Fixtures.initialized(
        new Insisting(children -> {
          ran.add("begun");
          Linear first = (Linear) children.get(0).getValue();
          ran.add("cast " + first.getChildren().size());
        }),
        engine.manager(),
        new Shape(2, 10));
    assertThat(exporting(insisting)).isNull();
    // One trace gives up; then one for each batch size, and the rows of parity.
    assertThat(ran).startsWith("begun", "begun", "cast 0", "begun", "cast 0");
    assertThat(ran.stream().filter("begun"::equals).count())
        .isEqualTo(ran.stream().filter("cast 0"::equals).count() + 1);
  }

  @Test
  void soIsOneThatSaysItOtherwise() {
    Block array = Fixtures.initialized(
        new Insisting(children -> children.values().toArray(new Linear[0])),
        engine.manager(),
        new Shape(2, 10));
    assertThat(exporting(array)).isNull();
    Block worded = Fixtures.initialized(
        new Insisting(children -> {
          for (Block child : children.values()) {
            if (!(child instanceof Linear)) {
              throw new IllegalStateException("not a layer of mine: " + child.getClass());
            }
          }
        }),
        engine.manager(),
        new Shape(2, 10));
    assertThat(exporting(worded)).isNull();
  }

  @Test
  void itsOwnCastOfAnotherThingIsItsOwn() {
    List<Integer> ran = new ArrayList<>();
    Object number = 3;
    Block block = Fixtures.initialized(
        new Insisting(children -> {
          ran.add(children.size());
          assertThat((String) number).isEmpty();
        }),
        engine.manager(),
        new Shape(2, 10));
    assertThat(exporting(block))
        .isInstanceOf(ExportException.class)
        .hasCauseInstanceOf(ClassCastException.class)
        .hasMessageContaining("the forward pass fails in the block itself (")
        .hasMessageContaining("FailingForwardTest.java:");
    assertThat(ran).hasSize(1);
  }

  @Test
  void whatFailsInDjlsOwnLayersNamesNoLineOfTheExporter() {
    Block bottleneck = Fixtures.initialized(
        new SequentialBlock()
            .add(Linear.builder().setUnits(3).build())
            .add(LambdaBlock.singleton(x -> Proxy.isProxyClass(x.getClass()) ? x.get(":,:2") : x))
            .add(Linear.builder().setUnits(2).build()),
        engine.manager(),
        new Shape(1, 10));
    assertThat(exporting(bottleneck))
        .isInstanceOf(ExportException.class)
        .hasMessageStartingWith(
            "the forward pass fails in 03Linear (in DJL's own code): EngineException");
  }

  @Test
  void anOperationThatIsMadeOfOthersNamesTheUsersLine() {
    assertThat(exporting(nested(x -> x.tile(-1))))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(
            "02SequentialBlock/02LambdaBlock (lapidary.exporter.FailingForwardTest.")
        .hasMessageContaining("FailingForwardTest.java:");
  }

  @Test
  void anOperationThatTheTracerItselfFailsAtNamesTheUsersLine() {
    assertThat(exporting(nested(x -> x.reshape((Shape) null))))
        .isInstanceOf(ExportException.class)
        .hasMessageContaining(
            "02SequentialBlock/02LambdaBlock (lapidary.exporter.FailingForwardTest.")
        .hasMessageContaining("FailingForwardTest.java:");
  }

  @Test
  void whatFailsOnlyOnTheRowsOfParityIsWrappedToo() {
    Block block = nested(x -> {
      if (!Proxy.isProxyClass(x.getClass())) {
        throw new IllegalStateException("seen a row");
      }
      return x.neg();
    });
    assertThat(exporting(block))
        .isInstanceOf(ExportException.class)
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the forward pass fails on the rows that parity is checked on (")
        .hasMessageContaining("FailingForwardTest.java:")
        .hasMessageContaining("IllegalStateException: seen a row");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void verifyingWrapsToo() {
    Path file = folder.resolve("model.onnx");
    List<Boolean> failing = new ArrayList<>();
    Block block = nested(x -> {
      if (!failing.isEmpty()) {
        throw new UnsupportedOperationException("not today");
      }
      return x.neg();
    });
    armed = true;
    OnnxExporter.export(block, DESCRIPTION, file);
    failing.add(true);
    assertThatThrownBy(
            () -> OnnxExporter.verify(block, DESCRIPTION, file, 1e-4, ParityRows.random(0)))
        .isInstanceOf(ExportException.class)
        .hasCauseInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("not today");
  }
}
