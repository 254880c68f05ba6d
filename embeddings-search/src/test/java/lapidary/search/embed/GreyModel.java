package lapidary.search.embed;

import java.util.ArrayList;
import java.util.List;
import lapidary.models.ImageInput;
import lapidary.models.Normalization;
import lapidary.models.Pixels;

/** A "model" whose vectors are a picture's six grey values, 2 rows of 3, and that remembers the sizes of its batches. */
final class GreyModel implements VectorModel {
  final List<Integer> batches = new ArrayList<>();
  private final int batch;

  GreyModel(int batch) {
    this.batch = batch;
  }

  @Override
  public int width() {
    return 6;
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
  public float[][] embed(Pixels pictures) {
    batches.add(pictures.count());
    byte[] bytes = pictures.bytes();
    float[][] rows = new float[pictures.count()][width()];
    for (int i = 0; i < bytes.length; i++) {
      rows[i / width()][i % width()] = bytes[i] & 0xff;
    }
    return rows;
  }
}
