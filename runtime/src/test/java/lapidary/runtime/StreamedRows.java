package lapidary.runtime;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;
import lapidary.runtime.device.Device;

/** A process of its own: predicts from so many rows, made while they are read, and says how many there were. */
final class StreamedRows extends InputStream {
  private static final int BLOCK = 1_000;

  private final int rows;
  private int made;
  private InputStream present = stream("colour,size,sold,note\n");

  private StreamedRows(int rows) {
    this.rows = rows;
  }

  public static void main(String[] args) {
    InputStream rows = new StreamedRows(Integer.parseInt(args[1]));
    try (TablePredictor predictor = TablePredictor.open(Path.of(args[0]), Device.cpu(1));
        CsvReader reader = CsvReader.of(rows, "rows", CsvLayout.DEFAULT)) {
      System.out.println(predictor.predict(reader, answers -> {}));
    }
  }

  @Override
  public int read() throws java.io.IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int from, int length) throws java.io.IOException {
    int count = present.read(target, from, length);
    if (count >= 0 || made == rows) {
      return count;
    }
    present = stream(block());
    return present.read(target, from, length);
  }

  /** Every text differs from every other, so that nothing can be kept once for many rows. */
  private String block() {
    StringBuilder text = new StringBuilder();
    for (int end = made + BLOCK; made < end; made++) {
      text.append("colour number ").append(made);
      text.append(',').append(made).append(".5,2024-02-29,note ").append(made).append('\n');
    }
    return text.toString();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
