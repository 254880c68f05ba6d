package lapidary.cli.search;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.cli.option.DataOption;
import lapidary.models.DataSource;
import lapidary.models.Pixels;
import lapidary.models.Sha256;
import lapidary.search.embed.Picture;
import lapidary.search.embed.PictureSet;
import lapidary.trainer.data.ImageDataset;
import lapidary.trainer.data.LabelledImages;

/** A part of a data set, its images named by their part and place, such as {@code test-00042}, and labelled by their class. */
final class DatasetPictures implements PictureSet {
  private final ImageDataset dataset;
  private final DataOption.Split split;
  private final LabelledImages part;
  private final Pixels pixels;

  DatasetPictures(ImageDataset dataset, DataOption.Split split) {
    this.dataset = dataset;
    this.split = split;
    this.part = split.of(dataset);
    this.pixels = part.pixels();
  }

  @Override
  public DataSource source(String filesSha256) {
    return dataset.source();
  }

  @Override
  public int count() {
    return part.count();
  }

  @Override
  public Iterator<Picture> from(int from) {
    return IntStream.range(from, part.count()).mapToObj(this::picture).iterator();
  }

  private Picture picture(int i) {
    return Picture.of(split.id(i), dataset.labels().get(part.label(i)), pixels.slice(i, i + 1));
  }

  @Override
  public Map<String, String> identity() {
    return Map.of(
        "pictures",
        dataset.source().name() + " " + split + ", " + Sha256.of(pixels.bytes()),
        "labels",
        dataset.labels() + ", " + Arrays.hashCode(part.labels()));
  }
}
