package lapidary.runtime;

import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lapidary.models.csv.CsvLayout;
import lapidary.models.csv.CsvReader;

/** A process of its own: predicts from so many rows, made while they are read, and says how many there were. */
final class StreamedRows {
  private static final int BLOCK = 1_000;

  private StreamedRows() {}

  public static void main(String[] args) {
    int rows = Integer.parseInt(args[1]);
    Stream<InputStream> parts = Stream.concat(
        Stream.of(stream("colour,size,sold,note\n")),
        IntStream.range(0, rows / BLOCK).mapToObj(block -> stream(block(block))));
    try (TablePredictor predictor = TablePredictor.open(Path.of(args[0]), Device.cpu(1));
        CsvReader reader = CsvReader.of(
            new SequenceInputStream(enumeration(parts)), "rows", CsvLayout.DEFAULT)) {
      System.out.println(predictor.predict(reader, answers -> {}));
    }
  }

  /** Every text differs from every other, so that nothing can be kept once for many rows. */
  private static String block(int block) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < BLOCK; i++) {
      text.append("colour number ").append(block * BLOCK + i);
      text.append(',').append(i).append(".5,2024-02-29,note ").append(i).append('\n');
    }
    return text.toString();
  }

  private static InputStream stream(String text) {
    return new java.io.ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Enumeration<InputStream> enumeration(Stream<InputStream> parts) {
    java.util.Iterator<InputStream> iterator = parts.iterator();
    return new Enumeration<>() {
      @Override
      public boolean hasMoreElements() {
        return iterator.hasNext();
      }

      @Override
      public InputStream nextElement() {
        return iterator.next();
      }
    };
  }
}
