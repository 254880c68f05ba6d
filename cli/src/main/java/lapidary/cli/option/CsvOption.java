package lapidary.cli.option;

import java.nio.file.Path;
import java.util.List;
import lapidary.models.InvalidInputException;
import lapidary.models.csv.CsvLayout;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a CSV file of rows is written down. */
public final class CsvOption {
  @Option(
      names = "--columns",
      split = ",",
      paramLabel = "NAME",
      description = "The columns' names, of a CSV file that does not begin with them.")
  private List<String> columns = List.of();

  @Option(
      names = "--separator",
      paramLabel = "C",
      description =
          "What is between cells, one character or tab; default what the first rows agree in: a comma, semicolon, tab or bar.")
  private @Nullable String separator;

  @Option(
      names = "--comment",
      paramLabel = "C",
      description = "What lines begin with that are not rows, one character.")
  private @Nullable String comment;

  public boolean given() {
    return !columns.isEmpty() || separator != null || comment != null;
  }

  public CsvLayout of(Path file) {
    CsvLayout layout = CsvLayout.of(file);
    layout = columns.isEmpty() ? layout : layout.named(columns);
    layout = separator == null ? layout : layout.separatedBy(character("--separator", separator));
    return comment == null ? layout : layout.commentedBy(character("--comment", comment));
  }

  private static char character(String option, String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return '\t';
    }
    if (text.length() != 1 || text.isBlank() || text.equals("\"")) {
      throw new InvalidInputException(option + " \"" + text
          + "\" is not a single character; give one such as ; or the word tab");
    }
    return text.charAt(0);
  }
}
