package lapidary.cli.predict;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lapidary.cli.console.Answer;
import lapidary.cli.console.Console;
import lapidary.cli.search.EmbeddingFile;
import lapidary.models.AtomicFile;
import lapidary.models.ColumnInput;
import lapidary.models.InvalidInputException;
import lapidary.models.csv.CsvReader;
import lapidary.runtime.TableAnswers;
import lapidary.runtime.TablePredictor;
import org.jspecify.annotations.Nullable;

/** Predicts from a CSV file's rows as they are read: one line of CSV, or of JSON, for each row. */
final class TableStream {
  private static final int BUFFER = 1 << 16;

  private final TablePredictor predictor;
  private final boolean json;

  TableStream(TablePredictor predictor, boolean json) {
    this.predictor = predictor;
    this.json = json;
  }

  /** Reads {@code rows} and writes to {@code target}, or to the console; gives the number of rows. */
  long predict(CsvReader rows, @Nullable Path target, Console console) {
    noteExtraColumns(rows, console);
    if (target == null) {
      return write(rows, console.out(), console.output()::requireTaken);
    }
    long[] count = new long[1];
    AtomicFile.publish(target, file -> {
      try (BufferedWriter out = Files.newBufferedWriter(file)) {
        count[0] = write(rows, out, () -> {});
      }
    });
    return count[0];
  }

  /** Columns that the model does not take: most often the target, and sometimes a misspelt name. */
  private void noteExtraColumns(CsvReader rows, Console console) {
    List<String> known = predictor.columns().stream().map(ColumnInput::name).toList();
    List<String> extra =
        rows.names().stream().filter(name -> !known.contains(name)).toList();
    known.forEach(rows::place);
    if (!extra.isEmpty()) {
      console
          .err()
          .println("lapidary: the model does not take, and leaves alone, columns "
              + String.join(", ", extra));
    }
  }

  /** @param check throws if what was written is not taken, so that nothing more is computed */
  private long write(CsvReader rows, Writer target, Runnable check) {
    try {
      BufferedWriter out = new BufferedWriter(target, BUFFER);
      if (!json) {
        out.write(predictor.labels().size() > 0 ? "prediction,probability\n" : "prediction\n");
      }
      long count = predictor.predict(rows, answers -> {
        write(answers, out);
        check.run();
      });
      if (count == 0) {
        throw new InvalidInputException(
            rows.source() + " has names of columns and no rows; give rows");
      }
      out.flush();
      return count;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(TableAnswers answers, BufferedWriter out) {
    try {
      for (int row = 0; row < answers.rows(); row++) {
        writeRow(answers, row, out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void writeRow(TableAnswers answers, int row, BufferedWriter out) throws IOException {
    String answer = answers.answer(row);
    if (json) {
      out.write("{\"prediction\":");
      out.write(answers.classifies() ? Answer.quoted(answer) : answer);
      if (answers.classifies()) {
        out.write(",\"probability\":");
        out.write(Float.toString(answers.value(row)));
      }
      out.write("}");
    } else {
      out.write(EmbeddingFile.quoted(answer));
      if (answers.classifies()) {
        out.write(",");
        out.write(Float.toString(answers.value(row)));
      }
    }
    out.write("\n");
  }
}
