package lapidary.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lapidary.models.DataSource;
import lapidary.models.ImageInput;
import lapidary.models.Pixels;
import lapidary.search.embed.ImageFiles;
import lapidary.search.embed.Picture;
import lapidary.search.embed.PictureSet;

/** Pictures to embed: images of an idx file, which are decoded already, or photos of a folder. Immutable. */
sealed interface BulkPictures extends PictureSet permits BulkPictures.Idx, BulkPictures.Photos {
  /** What they are, for a table. */
  String name();

  /** One of them as it goes into a model. */
  Pixels decode(int i, ImageInput input);

  /** One of them on its way into the pipeline. */
  Picture picture(int i);

  /** The first {@code count} of a file or folder. */
  static BulkPictures of(Path place, int count) throws IOException {
    return Files.isDirectory(place)
        ? new Photos(ImageFiles.expand(List.of(place)).subList(0, count))
        : new Idx(IdxImages.pixels(place).slice(0, count));
  }

  @Override
  default Iterator<Picture> from(int from) {
    return IntStream.range(from, count()).mapToObj(this::picture).iterator();
  }

  @Override
  default DataSource source(String filesSha256) {
    return new DataSource(name(), filesSha256, "unknown");
  }

  @Override
  default Map<String, String> identity() {
    return Map.of("pictures", count() + " " + name());
  }

  /**
   * Images that are decoded already.
   *
   * @param pixels of all
   */
  record Idx(Pixels pixels) implements BulkPictures {
    @Override
    public String name() {
      return "images of " + pixels.height() + "×" + pixels.width();
    }

    @Override
    public int count() {
      return pixels.count();
    }

    @Override
    public Pixels decode(int i, ImageInput input) {
      return pixels.slice(i, i + 1);
    }

    @Override
    public Picture picture(int i) {
      return Picture.of("image-" + i, "", pixels.slice(i, i + 1));
    }
  }

  /**
   * Photos in files.
   *
   * @param files of all
   */
  record Photos(List<Path> files) implements BulkPictures {
    @Override
    public String name() {
      return "photos";
    }

    @Override
    public int count() {
      return files.size();
    }

    @Override
    public Pixels decode(int i, ImageInput input) {
      return input.decode(ImageFiles.read(files.get(i)), files.get(i).toString());
    }

    @Override
    public Picture picture(int i) {
      return Picture.read(files.get(i).toString(), "", () -> Files.readAllBytes(files.get(i)));
    }
  }
}
