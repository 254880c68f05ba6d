package lapidary.cli.search;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import lapidary.models.AtomicFile;
import lapidary.models.InvalidInputException;
import lapidary.search.embed.Embedded;
import lapidary.search.pca.RowSource;
import lapidary.search.store.Item;
import lapidary.trainer.store.Safetensors;
import lapidary.trainer.store.StoredTensor;

/** The file formats for activations, told apart by the file's ending. */
public enum EmbeddingFile {
  CSV(".csv") {
    @Override
    void writeTo(Path target, Embedded embedded) {
      AtomicFile.write(target, out -> {
        Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        List<Item> items = embedded.items();
        for (int i = 0; i < items.size(); i++) {
          row(csv, items.get(i), embedded.rows().row(i));
        }
        csv.flush();
      });
    }
  },
  SAFETENSORS(".safetensors") {
    @Override
    void writeTo(Path target, Embedded embedded) {
      RowSource rows = embedded.rows();
      int width = rows.columns();
      if ((long) rows.count() * width > Integer.MAX_VALUE - 8) {
        throw new InvalidInputException(rows.count() + " × " + width
            + " values are more than one safetensors file is written with here; write a .csv file");
      }
      float[] flat = new float[rows.count() * width];
      for (int i = 0; i < rows.count(); i++) {
        System.arraycopy(rows.row(i), 0, flat, i * width, width);
      }
      List<Item> items = embedded.items();
      Safetensors.write(
          target,
          List.of(StoredTensor.floats("features", flat, rows.count(), width)),
          Map.of(
              "ids", String.join("\n", items.stream().map(Item::id).toList()),
              "labels", String.join("\n", items.stream().map(Item::label).toList())));
    }
  };

  private static final Pattern PLAIN = Pattern.compile("[^\",\r\n]*");

  private final String ending;

  EmbeddingFile(String ending) {
    this.ending = ending;
  }

  abstract void writeTo(Path target, Embedded embedded);

  /** A format bound to its file. */
  record Bound(EmbeddingFile format, Path target) {
    void write(Embedded embedded) {
      format.writeTo(target, embedded);
    }
  }

  static Bound of(Path target) {
    for (EmbeddingFile format : values()) {
      if (target.toString().endsWith(format.ending)) {
        return new Bound(format, target);
      }
    }
    throw new InvalidInputException(
        target + " ends in neither .csv nor .safetensors; name the file by its format");
  }

  private static void row(Writer csv, Item item, float[] vector) throws IOException {
    csv.append(quoted(item.id())).append(',').append(quoted(item.label()));
    for (float value : vector) {
      csv.append(',').append(Float.toString(value));
    }
    csv.append('\n');
  }

  /** RFC 4180 quoting. */
  public static String quoted(String text) {
    return PLAIN.matcher(text).matches() ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
