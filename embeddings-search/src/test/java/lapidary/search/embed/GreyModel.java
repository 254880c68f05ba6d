package lapidary.search.embed;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import lapidary.models.ImageInput;
import lapidary.models.Normalization;
import lapidary.models.Pixels;

/**
 * A "model" whose vectors are a picture's six grey values, 2 rows of 3, and how many pictures were in its batch; it remembers the sizes
 * of its batches.
 */
final class GreyModel implements VectorModel {
  final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final int batch;
  private final String name;

  GreyModel(int batch) {
    this(batch, "grey");
  }

  GreyModel(int batch, String name) {
    this.batch = batch;
    this.name = name;
  }

  @Override
  public int width() {
    return 7;
  }

  @Override
  public ImageInput input() {
    return ImageInput.flatGrey(2, 3, Normalization.unit());
  }

  @Override
  public int batch() {
    return batch;
  }

  @Override
  public Map<String, String> identity() {
    return Map.of("model", name);
  }

  @Override
  public float[][] embed(Pixels pictures) {
    batches.add(pictures.count());
    byte[] bytes = pictures.bytes();
    float[][] rows = new float[pictures.count()][width()];
    for (int i = 0; i < bytes.length; i++) {
      rows[i / 6][i % 6] = bytes[i] & 0xff;
      rows[i / 6][6] = pictures.count();
    }
    return rows;
  }
}
