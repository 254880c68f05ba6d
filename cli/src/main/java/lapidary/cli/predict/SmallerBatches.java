package lapidary.cli.predict;

import java.util.Map;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.search.embed.VectorModel;

/**
 * A model that takes fewer pictures at a time than it would, for the memory of a GPU.
 *
 * @param model whose answers these are
 * @param most pictures at a time, at least 1
 */
record SmallerBatches(VectorModel model, int most) implements VectorModel {
  @Override
  public int width() {
    return model.width();
  }

  @Override
  public ImageInput input() {
    return model.input();
  }

  @Override
  public int batch() {
    return Math.min(most, model.batch());
  }

  @Override
  public float[][] embed(Pixels pictures) {
    return model.embed(pictures);
  }

  @Override
  public Map<String, String> identity() {
    return model.identity();
  }
}
