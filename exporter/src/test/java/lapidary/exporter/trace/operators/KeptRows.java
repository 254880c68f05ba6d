package lapidary.exporter.trace.operators;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a file is run on in another process.
 *
 * @param tolerance relative, within which its answers agree
 * @param batches each with what goes in and what DJL answers
 */
record KeptRows(double tolerance, List<Batch> batches) {
  record Batch(List<KeptTensor> inputs, List<KeptTensor> wanted) {
    Batch {
      inputs = List.copyOf(inputs);
      wanted = List.copyOf(wanted);
    }
  }

  KeptRows {
    batches = List.copyOf(batches);
  }

  void write(Path file) throws IOException {
    try (DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeDouble(tolerance);
      out.writeInt(batches.size());
      for (Batch batch : batches) {
        write(batch.inputs(), out);
        write(batch.wanted(), out);
      }
    }
  }

  private static void write(List<KeptTensor> tensors, DataOutputStream out) throws IOException {
    out.writeInt(tensors.size());
    for (KeptTensor tensor : tensors) {
      tensor.write(out);
    }
  }

  static KeptRows read(Path file) throws IOException {
    try (DataInputStream in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      double tolerance = in.readDouble();
      List<Batch> batches = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        batches.add(new Batch(tensors(in), tensors(in)));
      }
      return new KeptRows(tolerance, batches);
    }
  }

  private static List<KeptTensor> tensors(DataInputStream in) throws IOException {
    List<KeptTensor> tensors = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      tensors.add(KeptTensor.read(in));
    }
    return tensors;
  }
}
