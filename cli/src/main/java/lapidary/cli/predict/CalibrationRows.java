package lapidary.cli.predict;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import lapidary.cli.console.Console;
import lapidary.cli.option.CsvOption;
import lapidary.cli.option.TrainedData;
import lapidary.exporter.ParityRows;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.Pixels;
import lapidary.models.Signature;
import lapidary.runtime.Model;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoBatches;
import lapidary.trainer.data.photos.PhotoDatasets;
import lapidary.trainer.data.photos.PhotoLoader;
import lapidary.trainer.data.photos.PhotoSet;
import lapidary.trainer.data.tables.Table;
import lapidary.trainer.data.tables.TableDatasets;

/** Rows of the training part of a data set, to take the ranges of a file's values from. Stateless. */
public final class CalibrationRows {
  private CalibrationRows() {}

  /**
   * Rows spread over the part.
   *
   * @param count at most
   * @throws InvalidInputException if the model takes ids, or the data is not for it
   */
  public static ParityRows of(Model model, String data, int count, Console console) {
    Signature signature = model.description().orElseThrow().signature();
    DataRoots roots = DataRoots.fromEnvironment(console.environment());
    return switch (ModelKind.of(model)) {
      case TABLES -> table(signature, data, roots);
      case RATINGS ->
        throw new InvalidInputException(
            "a recommender is two tables of vectors, which have no layer to compute in 8 bits; export it"
                + " in fp16");
      case IMAGES -> {
        ImageInput input = signature.image().orElseThrow();
        yield input.size().channels() == 3
            ? photos(model, input, data, count, roots)
            : images(data, count, roots);
      }
    };
  }

  private static ParityRows images(String data, int count, DataRoots roots) {
    Pixels pixels = ImageDatasets.load(data, roots).train().pixels();
    int rows = Math.min(count, pixels.count());
    return ParityRows.validation(Pixels.joined(LongStream.range(0, rows)
        .mapToInt(i -> (int) (i * pixels.count() / rows))
        .mapToObj(i -> pixels.slice(i, i + 1))
        .toList()));
  }

  private static ParityRows photos(
      Model model, ImageInput input, String data, int count, DataRoots roots) {
    RandomSplit split = RandomSplit.of(new PartOption().chance(TrainedData.of(model)));
    PhotoSet photos = PhotoDatasets.load(data, roots, split).train();
    int rows = Math.min(count, photos.count());
    long[] chosen =
        LongStream.range(0, rows).map(i -> i * photos.count() / rows).toArray();
    PhotoLoader loader =
        new PhotoLoader(photos, input, Augmentation.NONE, LoaderOptions.standard());
    try (PhotoBatches batches = loader.open(chosen, rows, 0)) {
      return ParityRows.validation(batches.next().pixels());
    }
  }

  private static ParityRows table(Signature signature, String data, DataRoots roots) {
    Table rows = TableDatasets.path(data).isPresent()
        ? TableDatasets.rows(data, new CsvOption().of(TableDatasets.path(data).get()), roots)
        : TableDatasets.named(data, roots).parts().train();
    Map<String, List<String>> columns = new TreeMap<>();
    signature.columns().forEach(column -> columns.put(column.name(), rows.column(column.name())));
    return ParityRows.table(columns);
  }
}
