package lapidary.cli.export;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import lapidary.cli.console.Console;
import lapidary.cli.option.ChanceOption;
import lapidary.cli.option.CsvOption;
import lapidary.exporter.ParityRows;
import lapidary.models.EnvironmentException;
import lapidary.models.IdInput;
import lapidary.models.IdVocabulary;
import lapidary.models.ImageInput;
import lapidary.models.InvalidInputException;
import lapidary.models.ModelDescription;
import lapidary.models.Parity;
import lapidary.models.ParityText;
import lapidary.models.Signature;
import lapidary.models.csv.CsvLayout;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.ImageDatasets;
import lapidary.trainer.data.LabelledImages;
import lapidary.trainer.data.RandomSplit;
import lapidary.trainer.data.photos.Augmentation;
import lapidary.trainer.data.photos.LoaderOptions;
import lapidary.trainer.data.photos.PhotoBatches;
import lapidary.trainer.data.photos.PhotoLoader;
import lapidary.trainer.data.photos.PhotoSet;
import lapidary.trainer.data.ratings.RatingColumns;
import lapidary.trainer.data.ratings.RatingSplit;
import lapidary.trainer.data.ratings.RatingsDataset;
import lapidary.trainer.data.ratings.RatingsDatasets;
import lapidary.trainer.data.tables.Table;
import lapidary.trainer.data.tables.TableDatasets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How parity is checked: on which rows and how strictly. */
final class ParityOption {
  private static final int ROWS = 8;
  // Any ratings of the data will do: their ids are compared, not their values.
  private static final RatingSplit ANY_SPLIT = new RatingSplit.ByChance(new RandomSplit(0.5, 0));

  @Option(
      names = "--tolerance",
      paramLabel = "T",
      description =
          "Largest relative difference allowed; default 1e-4, of fp16 1e-2; to verify, what the file was exported with.")
  private @Nullable Double tolerance;

  @Option(
      names = "--data",
      paramLabel = "NAME|PATH",
      description = "Rows for the parity check; default the model's own data.")
  private @Nullable String data;

  @Mixin
  private final CsvOption csv = new CsvOption();

  @Nullable
  Double tolerance() {
    return tolerance;
  }

  /**
   * Real rows of the data the model was trained on; random ones, said so, if that data is not at hand.
   *
   * @param trained where that data was, if the run says it
   */
  ParityRows rows(ModelDescription description, Optional<String> trained, Console console) {
    String name = data == null ? trained.orElse(description.provenance().data().name()) : data;
    try {
      if (!description.signature().columns().isEmpty()) {
        return table(name, description.signature(), console);
      }
      if (csv.given()) {
        throw new InvalidInputException("--columns, --separator and --comment are for tables; "
            + description.architecture().name() + " takes none");
      }
      if (description.signature().ids(IdInput.ITEM).isPresent()) {
        return data == null
            ? known(description.signature())
            : pairs(data, description.signature(), console);
      }
      return images(name, description.signature(), console);
    } catch (InvalidInputException | EnvironmentException e) {
      if (data != null) {
        throw e;
      }
      console
          .err()
          .println("lapidary: parity is checked on random rows, since those of the training are"
              + " not at hand: " + e.getMessage() + "; or name rows with --data");
      return ParityRows.random(description.provenance().seed());
    }
  }

  private static ParityRows images(String name, Signature signature, Console console) {
    Optional<ImageInput> colours =
        signature.image().filter(image -> image.size().channels() == 3);
    if (colours.isPresent()) {
      return photos(name, colours.get(), console);
    }
    LabelledImages rows = ImageDatasets.load(name, DataRoots.fromEnvironment(console.environment()))
        .test();
    return ParityRows.validation(rows.pixels().slice(0, Math.min(ROWS, rows.count())));
  }

  /** Photos spread over the classes. */
  private static ParityRows photos(String name, ImageInput input, Console console) {
    PhotoSet photos = new ChanceOption().photos(name, console).valid();
    int count = Math.min(ROWS, photos.count());
    long[] rows =
        LongStream.range(0, count).map(i -> i * photos.count() / count).toArray();
    PhotoLoader loader =
        new PhotoLoader(photos, input, Augmentation.NONE, LoaderOptions.standard());
    try (PhotoBatches batches = loader.open(rows, count, 0)) {
      return ParityRows.validation(batches.next().pixels());
    }
  }

  /** Ids spread over the vocabularies: which user rated what is nothing to a comparison. */
  private static ParityRows known(Signature signature) {
    Map<String, List<String>> columns = new TreeMap<>();
    for (String name : List.of(IdInput.USER, IdInput.ITEM)) {
      signature
          .ids(name)
          .ifPresent(input -> columns.put(name, spread(input.ids().ids())));
    }
    return ParityRows.ids(columns);
  }

  private static List<String> spread(List<String> ids) {
    return IntStream.range(0, ROWS)
        .mapToObj(i -> ids.get(i * ids.size() / ROWS))
        .toList();
  }

  private static ParityRows pairs(String name, Signature signature, Console console) {
    RatingsDataset data = RatingsDatasets.load(
        name, RatingColumns.DEFAULT, ANY_SPLIT, DataRoots.fromEnvironment(console.environment()));
    int count = Math.min(ROWS, data.valid().count());
    Map<String, List<String>> columns =
        new TreeMap<>(Map.of(IdInput.ITEM, ids(data.items(), data.valid().items(), count)));
    if (signature.ids(IdInput.USER).isPresent()) {
      columns.put(IdInput.USER, ids(data.users(), data.valid().users(), count));
    }
    return ParityRows.ids(columns);
  }

  private ParityRows table(String name, Signature signature, Console console) {
    CsvLayout layout = TableDatasets.path(name).map(csv::of).orElse(CsvLayout.DEFAULT);
    Table rows = TableDatasets.rows(name, layout, DataRoots.fromEnvironment(console.environment()));
    Map<String, List<String>> columns = new TreeMap<>();
    signature.columns().forEach(column -> columns.put(column.name(), rows.column(column.name())));
    return ParityRows.table(columns);
  }

  private static List<String> ids(IdVocabulary known, int[] rows, int count) {
    return Arrays.stream(rows, 0, count).mapToObj(known::id).toList();
  }

  static void print(Parity parity, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "parity on %s rows, batches %s: worst relative difference %.1e (allowed %.1e)%n",
        parity.rows(),
        parity.batches(),
        parity.worstRelative(),
        parity.tolerance());
    parity
        .outputs()
        .forEach(output -> out.printf("  %-14s %s%n", output.output(), ParityText.of(output)));
    parity.setting().map(ParityText::of).stream()
        .flatMap(List::stream)
        .forEach(line -> out.println("  " + line));
  }
}
