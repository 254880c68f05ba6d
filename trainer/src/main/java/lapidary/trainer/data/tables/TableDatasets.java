package lapidary.trainer.data.tables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import lapidary.models.CellForm;
import lapidary.models.DataSource;
import lapidary.models.EnvironmentException;
import lapidary.models.InvalidInputException;
import lapidary.models.NearestName;
import lapidary.models.Sha256;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;
import lapidary.trainer.data.DataRoots;
import lapidary.trainer.data.Listing;

/** Finds and reads tables: one of the names {@code adult} and {@code rossmann}, or a CSV file's path. Stateless. */
public final class TableDatasets {
  private static final List<KnownTable> KNOWN = List.of(new Adult(), new Rossmann());

  private TableDatasets() {}

  /** The known tables and where they are on this machine. Nothing is read. */
  public static List<Listing> list(DataRoots roots) {
    return KNOWN.stream()
        .map(known -> new Listing(
            known.name(),
            find(known, roots).map(Path::toString),
            known.licence(),
            known.description()))
        .toList();
  }

  /** Whether a table has this name, so that it brings its own roles and split. */
  public static boolean isKnown(String name) {
    return KNOWN.stream().anyMatch(known -> known.name().equals(name));
  }

  /**
   * A known table with its published roles and split.
   *
   * @throws InvalidInputException if there is not one of this name
   * @throws EnvironmentException if it is not on this machine
   */
  public static TableDataset named(String name, DataRoots roots) {
    KnownTable known = KNOWN.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name));
    Path folder = find(known, roots).orElseThrow(() -> missing(known, roots));
    TableSplit.Parts parts = known.read(folder);
    DataSource source = source(known.name(), folder.resolve(known.file()), known.licence());
    return TableDataset.fit(source, parts, known.request());
  }

  /**
   * A CSV file. The orders of its dates are told by all of its rows, everything else is learnt from the training rows.
   *
   * @throws InvalidInputException if the file is damaged or does not fit the request
   */
  public static TableDataset read(Path file, TableRequest request) {
    CellForm cells = request.form().cells();
    // Opened once, since a pipe can be read once only.
    try (CsvReader reader = CsvReader.open(file, request.form().layout())) {
      Table all = DateOrders.settle(Table.read(reader).writtenAs(cells), request.roles());
      DataSource source = source(String.valueOf(file.getFileName()), file, "unknown");
      return TableDataset.fit(
          source, request.split().divide(all), request.of(new TableForm(reader.layout(), cells)));
    }
  }

  /**
   * Raw rows to measure on: the validation part of a known table, or the whole of a file.
   *
   * @param layout of a file; not used for the known names
   */
  public static Table rows(String nameOrPath, CsvLayout layout, DataRoots roots) {
    return path(nameOrPath).isPresent()
        ? Table.read(path(nameOrPath).get(), layout)
        : named(nameOrPath, roots).parts().valid();
  }

  /** The file that a name means, unless it is a known table's. */
  public static Optional<Path> path(String nameOrPath) {
    return isKnown(nameOrPath) ? Optional.empty() : DataRoots.existing(nameOrPath);
  }

  private static Optional<Path> find(KnownTable known, DataRoots roots) {
    return roots.candidates(known.name()).stream()
        .filter(folder -> Files.isRegularFile(folder.resolve(known.file())))
        .findFirst();
  }

  private static DataSource source(String name, Path file, String licence) {
    try {
      return new DataSource(name, Sha256.of(file), licence);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  private static InvalidInputException unknown(String name) {
    List<String> names = KNOWN.stream().map(KnownTable::name).toList();
    return new InvalidInputException(NearestName.unknown("table", name, names).getMessage()
        + "; or give the path of a CSV file that exists");
  }

  private static EnvironmentException missing(KnownTable known, DataRoots roots) {
    return new EnvironmentException(known.name() + " is not on this machine"
        + roots.lookedIn(known.name()) + "; set " + DataRoots.VARIABLE
        + " to the folder that holds " + known.name() + "/" + known.file());
  }
}
