package lapidary.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import lapidary.models.Pixels;
import lapidary.runtime.Embedder;
import lapidary.search.Item;
import lapidary.search.Thumbnail;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;

/** Items and their vectors, side by side. */
final class Embedded {
  private static final int BATCH = 500;

  private final List<Item> items;
  private final float[][] vectors;
  private final IntFunction<Thumbnail> pictures;

  private Embedded(List<Item> items, float[][] vectors, IntFunction<Thumbnail> pictures) {
    this.items = List.copyOf(items);
    this.vectors = vectors;
    this.pictures = pictures;
  }

  List<Item> items() {
    return items;
  }

  /** The vectors themselves, [items, width]; not copied, for they may be many. */
  float[][] vectors() {
    return vectors;
  }

  /** A small picture of each item, made now. */
  List<Thumbnail> thumbnails() {
    return IntStream.range(0, items.size()).mapToObj(pictures).toList();
  }

  /** A data set's images are named by their part and place, such as {@code test-00042}, and labelled by their class. */
  static Embedded dataset(Embedder embedder, ImageDataset data, DataOption.Split split) {
    LabelledImages part = split.of(data);
    int[] labels = part.labels();
    List<Item> items = IntStream.range(0, part.count())
        .mapToObj(i -> new Item(id(split, i), data.labels().get(labels[i]), Map.of()))
        .toList();
    float[][] vectors = new float[part.count()][];
    Pixels pixels = part.pixels();
    for (int from = 0; from < vectors.length; from += BATCH) {
      int to = Math.min(vectors.length, from + BATCH);
      System.arraycopy(embedder.embed(pixels.slice(from, to)), 0, vectors, from, to - from);
    }
    return new Embedded(items, vectors, i -> Thumbnail.of(pixels, i));
  }

  static String id(DataOption.Split split, int index) {
    return String.format("%s-%05d", split, index);
  }

  /** Image files are named by their path and labelled by their folder. */
  static Embedded files(Embedder embedder, List<Path> files) {
    List<Item> items = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    for (Path file : files) {
      vectors.add(embedder.embed(ImageFiles.read(file), file.toString()));
      Path folder = file.toAbsolutePath().getParent();
      Path label = folder == null ? null : folder.getFileName();
      items.add(new Item(file.toString(), label == null ? "" : label.toString(), Map.of()));
    }
    return new Embedded(
        items,
        vectors.toArray(float[][]::new),
        i -> Thumbnail.of(ImageFiles.read(files.get(i)), files.get(i).toString()));
  }
}
