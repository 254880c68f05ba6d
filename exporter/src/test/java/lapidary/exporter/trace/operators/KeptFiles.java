package lapidary.exporter.trace.operators;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import lapidary.exporter.DrawnRows;
import lapidary.models.ElementType;
import lapidary.models.TensorInput;
import lapidary.runtime.Tensor;

/** Keeps exported files with rows and DJL's answers to them, for runtimes in other processes. */
final class KeptFiles implements Consumer<Exported> {
  /** A file that was kept: the function, block or network, and the opset or element type. */
  record Kept(String key, String variant) {}

  private static final List<Long> BATCHES = List.of(1L, 5L);

  private final Path folder;
  private final NDManager manager;
  private final Random random = new Random(11);
  private final Map<String, Kept> kept = new LinkedHashMap<>();

  KeptFiles(Path folder, NDManager manager) {
    this.folder = folder;
    this.manager = manager;
  }

  Path folder() {
    return folder;
  }

  /** What was kept, by the names of the files. */
  Map<String, Kept> kept() {
    return Collections.unmodifiableMap(new LinkedHashMap<>(kept));
  }

  @Override
  public void accept(Exported exported) {
    keep(exported, input -> 2);
  }

  /** Keeps a copy and gives its name; whole numbers of the rows stay below the bound of their input. */
  String keep(Exported exported, ToIntFunction<TensorInput> bound) {
    List<KeptRows.Batch> batches = new ArrayList<>();
    List<Long> sizes =
        exported.batch().isPresent() ? List.of(exported.batch().getAsLong()) : BATCHES;
    for (long size : sizes) {
      for (List<TensorInput> inputs : exported.inputs()) {
        batches.add(batch(exported, inputs, Math.toIntExact(size), bound));
      }
    }
    String name = String.format(Locale.ROOT, "%05d.onnx", kept.size());
    try {
      Files.copy(exported.file(), folder.resolve(name));
      new KeptRows(exported.tolerance(), batches).write(folder.resolve(name + ".rows"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    kept.put(name, new Kept(exported.key(), exported.variant()));
    return name;
  }

  private KeptRows.Batch batch(
      Exported exported, List<TensorInput> inputs, int size, ToIntFunction<TensorInput> bound) {
    try (NDManager scope = manager.newSubManager()) {
      DrawnRows rows = DrawnRows.of(inputs, size, bound, random, scope);
      NDList answers = rows.answers(exported.block(), scope);
      List<KeptTensor> wanted = IntStream.range(0, answers.size())
          .mapToObj(i -> wanted("y" + i, answers.get(i)))
          .toList();
      return new KeptRows.Batch(
          rows.feed().entrySet().stream()
              .map(entry -> input(entry.getKey(), entry.getValue()))
              .toList(),
          wanted);
    }
  }

  private static KeptTensor input(String name, Tensor tensor) {
    double[] numbers = tensor.type() == ElementType.INT64
        ? Arrays.stream(tensor.longs()).asDoubleStream().toArray()
        : doubles(tensor.floats());
    return new KeptTensor(name, tensor.type().name(), tensor.shape(), numbers);
  }

  private static double[] doubles(float[] floats) {
    return IntStream.range(0, floats.length).mapToDouble(i -> floats[i]).toArray();
  }

  private static KeptTensor wanted(String name, NDArray answer) {
    double[] numbers = answer.toType(DataType.FLOAT64, true).toDoubleArray();
    return new KeptTensor(name, answer.getDataType().name(), answer.getShape().getShape(), numbers);
  }
}
